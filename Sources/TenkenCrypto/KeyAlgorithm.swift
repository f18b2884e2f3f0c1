/// The kinds of user keys that Tenken logs in with.
package enum KeyAlgorithm: Sendable, Hashable {
  case ed25519
  case ecdsa(Curve)
  case rsa

  /// The curves of RFC 5656 section 10.1.
  package enum Curve: String, Sendable, Hashable, CaseIterable {
    case nistp256, nistp384, nistp521

    /// The curve's name in libcrypto (`OSSL_PKEY_PARAM_GROUP_NAME`).
    var groupName: StaticString {
      switch self {
      case .nistp256: "prime256v1"
      case .nistp384: "secp384r1"
      case .nistp521: "secp521r1"
      }
    }

    var coordinateLength: Int {
      switch self {
      case .nistp256: 32
      case .nistp384: 48
      case .nistp521: 66
      }
    }
  }

  /// The name in a public key's blob: RFC 8709, RFC 5656 section 6.2, RFC 4253 section 6.6.
  package var keyType: String {
    switch self {
    case .ed25519: "ssh-ed25519"
    case .ecdsa(let curve): "ecdsa-sha2-\(curve.rawValue)"
    case .rsa: "ssh-rsa"
    }
  }

  /// The name of the signature that it makes. RSA signs with SHA-512 (RFC 8332); SHA-1 is not spoken.
  package var signatureName: String { self == .rsa ? "rsa-sha2-512" : keyType }

  /// The name in the blob of a certificate of such a key (PROTOCOL.certkeys of OpenSSH's source).
  package var certificateType: String { "\(keyType)-cert-v01@openssh.com" }

  package init?(keyType: String) {
    guard let algorithm = Self.all.first(where: { $0.keyType == keyType }) else { return nil }
    self = algorithm
  }

  package init?(certificateType: String) {
    guard let algorithm = Self.all.first(where: { $0.certificateType == certificateType }) else { return nil }
    self = algorithm
  }

  private static let all = [KeyAlgorithm.ed25519, .rsa] + Curve.allCases.map { .ecdsa($0) }
}
