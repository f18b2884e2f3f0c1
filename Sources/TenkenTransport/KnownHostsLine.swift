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

  /// `nil` for an empty line and a comment. A fleet has tens of thousands of lines: words are slices of their bytes.
  static func parse(_ text: ArraySlice<UInt8>) throws(Malformed) -> KnownHostsLine? {
    var words = text.split(maxSplits: 4) { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }[...]
    guard let first = words.first, first.first != UInt8(ascii: "#") else { return nil }
    let marker = try marker(first)
    if marker != .none { words = words.dropFirst() }
    guard words.count >= 3 else {
      throw Malformed(what: "a line has fewer than three words", fix: "write HOST TYPE BASE64, as ssh-keyscan does")
    }
    let (names, type, base64) = (words[words.startIndex], words[words.startIndex + 1], words[words.startIndex + 2])
    guard let key = HostKey(type: type, base64: base64) else {
      throw Malformed(
        what: "\"\(String(escapingForPeople: type, maxLength: 40))\" is not followed by the base64 of such a key",
        fix: "take the line anew with ssh-keyscan and compare its fingerprint")
    }
    return KnownHostsLine(marker: marker, hosts: try hosts(names), key: key)
  }

  private static func marker(_ word: ArraySlice<UInt8>) throws(Malformed) -> Marker {
    guard word.first == UInt8(ascii: "@") else { return .none }
    if word.elementsEqual("@revoked".utf8) { return .revoked }
    if word.elementsEqual("@cert-authority".utf8) { return .certificateAuthority }
    throw Malformed(
      what: "unknown marker \"\(String(escapingForPeople: word, maxLength: 40))\"",
      fix: "write @revoked or @cert-authority, or leave it out")
  }

  private static func hosts(_ field: ArraySlice<UInt8>) throws(Malformed) -> Hosts {
    guard field.first == UInt8(ascii: "|") else { return .patterns(HostPatterns(field)) }
    let parts = field.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    guard parts.count == 4, parts[1].elementsEqual("1".utf8), let salt = Base64.decode(parts[2]),
      let hash = Base64.decode(parts[3]), hash.count == 20
    else {
      throw Malformed(what: "a hashed name is not |1|SALT|HASH", fix: "take the line anew with ssh-keygen -H")
    }
    return .hashed(salt: salt, hash: hash)
  }
}
