/// The names of the algorithms that keys sign with, in OpenSSH's own order of preference. RSA signs with SHA-2 only.
enum HostKeyAlgorithms {
  static let plain = [
    "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com", "rsa-sha2-512", "rsa-sha2-256",
  ]

  static let ofCertificates = [
    "ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "ecdsa-sha2-nistp384-cert-v01@openssh.com", "ecdsa-sha2-nistp521-cert-v01@openssh.com",
    "sk-ssh-ed25519-cert-v01@openssh.com", "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "rsa-sha2-512-cert-v01@openssh.com", "rsa-sha2-256-cert-v01@openssh.com",
  ]

  /// Those that a host may prove itself with whose keys on record are of these types; all of them where there are no
  /// types. Certificates of hosts are never among them.
  static func names(of types: [String]) -> [String] {
    types.isEmpty ? plain : plain.filter { types.contains(keyType(of: $0)) }
  }

  /// RFC 8332 section 3.
  private static func keyType(of algorithm: String) -> String {
    algorithm.hasPrefix("rsa-sha2-") ? "ssh-rsa" : algorithm
  }
}
