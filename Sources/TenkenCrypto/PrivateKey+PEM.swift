internal import COpenSSL

extension PrivateKey {
  /// From the text of a key file: OpenSSH's container, or PEM (PKCS#1, SEC 1, PKCS#8), without a passphrase.
  package convenience init(file text: borrowing SecretBytes) throws(PrivateKeyProblem) {
    let container = text.withUnsafeBytes { KeyContainer(of: $0) }
    switch container {
    case .openSSH: try self.init(owning: OpenSSHKeyFile.parse(text))
    case .pem: try self.init(owning: Self.parsePEM(text))
    case .publicKey: throw .isPublic
    case .putty: throw .unsupported("a PuTTY key (convert it: puttygen KEY -O private-openssh-new -o NEW)")
    case .other: throw .malformed("it does not begin as a private key does")
    }
  }

  private static func parsePEM(_ text: borrowing SecretBytes) throws(PrivateKeyProblem) -> OpaquePointer {
    var asked = false
    let key = text.withUnsafeBytes { bytes -> OpaquePointer? in
      guard let bio = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return nil }
      defer { BIO_free(bio) }
      return PEM_read_bio_PrivateKey(bio, nil, refuseToAsk, &asked)
    }
    ERR_clear_error()
    if let key { return key }
    throw asked ? .encrypted : .malformed("libcrypto cannot read it")
  }

  /// libcrypto's question for a passphrase: never answered, only noticed.
  private static let refuseToAsk:
    @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) -> Int32 = { _, _, _, asked in
      asked?.storeBytes(of: true, as: Bool.self)
      return -1
    }
}
