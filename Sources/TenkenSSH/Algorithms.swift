import TenkenModel

/// What Tenken is willing to speak, the best first, and of that what the libssh2 at hand can.
///
/// Left out on purpose: everything of SHA-1, MD5, DSS, CBC, arcfour and 3DES; Diffie-Hellman groups that the server
/// chooses (a big one costs the event loop seconds); compression. RSA host keys by SHA-1 (`ssh-rsa`) stand last: they
/// are all that a server before OpenSSH 7.2 has, and are taken only where its key is on record.
struct Algorithms: Sendable, Equatable {
  let keyExchange: [String]
  let hostKey: [String]
  let encryption: [String]
  let mac: [String]

  static let wanted = Algorithms(
    keyExchange: [
      "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384",
      "ecdh-sha2-nistp521", "diffie-hellman-group14-sha256", "diffie-hellman-group16-sha512",
    ],
    hostKey: [
      "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512",
      "rsa-sha2-256", "ssh-rsa",
    ],
    encryption: ["aes128-ctr", "aes256-ctr", "aes192-ctr"], mac: ["hmac-sha2-256", "hmac-sha2-512"])

  /// The type of the key that an algorithm signs with (RFC 8332 section 3).
  static func keyType(of algorithm: String) -> String { algorithm.hasPrefix("rsa-sha2-") ? "ssh-rsa" : algorithm }

  /// With only those host keys that are of one of these types; all of them where there are no types.
  func restricted(toHostKeyTypes types: [String]) -> Algorithms {
    let restricted = hostKey.filter { types.isEmpty || types.contains(Self.keyType(of: $0)) }
    return Algorithms(keyExchange: keyExchange, hostKey: restricted, encryption: encryption, mac: mac)
  }

  /// With host keys of these types before the others.
  func preferring(hostKeyTypes types: [String]) -> Algorithms {
    let preferred = hostKey.filter { types.contains(Self.keyType(of: $0)) }
    return Algorithms(
      keyExchange: keyExchange, hostKey: preferred + hostKey.filter { !preferred.contains($0) },
      encryption: encryption, mac: mac)
  }

  /// Which list has nothing in common with the server's, for people; `nil` where all have.
  func disagreement(with offer: KeyExchangeOffer) -> String? {
    let lists = [
      ("key exchange", keyExchange, offer.keyExchange), ("host key", hostKey, offer.hostKey),
      ("encryption", encryption, offer.encryptionToServer), ("encryption", encryption, offer.encryptionToClient),
      ("MAC", mac, offer.macToServer), ("MAC", mac, offer.macToClient),
      ("compression", ["none"], offer.compressionToServer), ("compression", ["none"], offer.compressionToClient),
    ]
    guard let (name, ours, theirs) = lists.first(where: { !$1.contains(where: $2.contains) }) else { return nil }
    let offered = theirs.joined(separator: ",").escapedForPeople(maxLength: 160)
    return "no \(name) algorithm in common: the server offers \(offered), Tenken speaks \(ours.joined(separator: ","))"
  }
}
