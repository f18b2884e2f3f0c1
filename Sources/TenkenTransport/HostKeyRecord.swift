package import TenkenModel
internal import TenkenCrypto

/// What is on record of one host, and what it makes of the key that the host shows.
package struct HostKeyRecord: Sendable, Equatable {
  package enum Verdict: Sendable, Equatable {
    case recorded
    /// No key on record; the text says so.
    case unknown(String)
    /// Another key, or another type, than is on record.
    case mismatch(String)
    case revoked(String)
  }

  /// Any one of them proves the host: those of the inventory, or else those of known_hosts.
  package let keys: [HostKey]
  /// Whether `keys` speak of this very port, so that another key is a mismatch.
  package let canDisprove: Bool
  /// Refused whatever else is on record, a key pinned in the inventory included.
  package let revoked: [HostKey]
  /// A certificate authority is trusted for this host, which Tenken cannot use.
  package let hasAuthority: Bool

  /// The types that the host may show; empty where nothing is on record and any type will do for its fingerprint.
  package var types: [String] {
    canDisprove ? keys.map(\.type).reduce(into: []) { if !$0.contains($1) { $0.append($1) } } : []
  }

  package func verdict(on key: HostKey) -> Verdict {
    if revoked.contains(key) { return .revoked("the host key \(Self.name(key)) is revoked") }
    if keys.contains(key) { return .recorded }
    guard canDisprove, !keys.isEmpty else { return .unknown(unknownReason(key)) }
    return .mismatch("the host shows \(Self.name(key)), on record is \(keys.map(Self.name).joined(separator: ", "))")
  }

  /// Why a server that offers these host key algorithms is another than the one on record: another type of key is
  /// another key. `nil` where it offers a recorded type, or where none is recorded.
  package func typeMismatch(offering algorithms: [String]) -> String? {
    // Several algorithms sign with one RSA key (RFC 8332 section 3).
    let offered = algorithms.map { $0.hasPrefix("rsa-sha2-") ? "ssh-rsa" : $0 }
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    guard !types.isEmpty, !types.contains(where: offered.contains) else { return nil }
    return "recorded: \(types.joined(separator: ", ")); offered: "
      + offered.joined(separator: ", ").escapedForPeople(maxLength: 160)
  }

  private func unknownReason(_ key: HostKey) -> String {
    let authority = hasAuthority ? "; a certificate authority is on record, which Tenken does not support" : ""
    return "no host key on record; the host shows \(Self.name(key))\(authority)"
  }

  private static func name(_ key: HostKey) -> String {
    "\(key.type.escapedForPeople(maxLength: 40)) \(key.fingerprint)"
  }
}
