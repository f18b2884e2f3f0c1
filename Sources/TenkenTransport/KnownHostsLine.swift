internal import TenkenCrypto
internal import TenkenModel

/// One line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).
struct KnownHostsLine: Sendable, Equatable {
  enum Marker: Sendable, Equatable { case none, revoked, certificateAuthority }

  enum Hosts: Sendable, Equatable {
    case patterns(HostPatterns)
    /// `|1|SALT|HASH`: HMAC-SHA1 of one name, keyed with the salt.
    case hashed(salt: [UInt8], hash: [UInt8])
  }

  let marker: Marker
  let hosts: Hosts
  let key: HostKey

  /// What is wrong with a line, and what would be right.
  struct Malformed: Error, Equatable {
    let what: String
    let fix: String
  }

  /// `nil` for an empty line and a comment. A fleet has tens of thousands of lines: bytes are compared, not characters.
  static func parse(_ text: String) throws(Malformed) -> KnownHostsLine? {
    var words = text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }).map { Substring($0) }[...]
    guard let first = words.first, first.utf8.first != UInt8(ascii: "#") else { return nil }
    let marker = try marker(first)
    if marker != .none { words = words.dropFirst() }
    guard words.count >= 3 else {
      throw Malformed(what: "a line has fewer than three words", fix: "write HOST TYPE BASE64, as ssh-keyscan does")
    }
    let fields = Array(words.prefix(3))
    guard let key = HostKey(type: fields[1], base64: fields[2]) else {
      throw Malformed(
        what: "\"\(String(fields[1]).escapedForPeople(maxLength: 40))\" is not followed by the base64 of such a key",
        fix: "take the line anew with ssh-keyscan and compare its fingerprint")
    }
    return KnownHostsLine(marker: marker, hosts: try hosts(fields[0]), key: key)
  }

  private static func marker(_ word: some StringProtocol) throws(Malformed) -> Marker {
    guard word.utf8.first == UInt8(ascii: "@") else { return .none }
    switch word {
    case "@revoked": return .revoked
    case "@cert-authority": return .certificateAuthority
    default:
      throw Malformed(
        what: "unknown marker \"\(String(word).escapedForPeople(maxLength: 40))\"",
        fix: "write @revoked or @cert-authority, or leave it out")
    }
  }

  private static func hosts(_ field: some StringProtocol) throws(Malformed) -> Hosts {
    guard field.utf8.first == UInt8(ascii: "|") else { return .patterns(HostPatterns(field)) }
    let parts = field.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[1] == "1", let salt = Base64.decode(Array(parts[2].utf8)),
      let hash = Base64.decode(Array(parts[3].utf8)), hash.count == 20
    else {
      throw Malformed(what: "a hashed name is not |1|SALT|HASH", fix: "take the line anew with ssh-keygen -H")
    }
    return .hashed(salt: salt, hash: hash)
  }
}
