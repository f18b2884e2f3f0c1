internal import COpenSSL
package import TenkenModel

/// A private key, parsed once. It never leaves this object: it has no description, and libcrypto wipes its memory.
///
/// Unchecked because the pointer is to libcrypto's own object, which several threads may sign with at once as long as
/// each has a context of its own (openssl-threads(7)); nothing changes it after `init`.
package final class PrivateKey: @unchecked Sendable {
  package let algorithm: KeyAlgorithm
  /// The public half in the wire encoding of RFC 4253 section 6.6.
  package let publicKey: HostKey
  private let key: OpaquePointer

  /// Takes ownership of an `EVP_PKEY`.
  init(owning key: OpaquePointer) throws(PrivateKeyProblem) {
    do {
      algorithm = try PublicHalf.algorithm(of: key)
      let blob = try PublicHalf.blob(of: key, algorithm)
      publicKey = HostKey(type: algorithm.keyType, blob: blob)
    } catch {
      EVP_PKEY_free(key)
      throw error
    }
    self.key = key
  }

  deinit { EVP_PKEY_free(key) }

  /// The signature as SSH carries it, without its algorithm's name: RFC 8709 section 6, RFC 5656 section 3.1.2, RFC
  /// 8332 section 3. `nil` where libcrypto fails, which for a key that was parsed means that memory is exhausted, or
  /// an RSA key too short for SHA-512.
  package func sign(_ data: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let signature = rawSignature(data) else { return nil }
    if case .ecdsa = algorithm { return Self.wireSignature(fromDER: signature) }
    return signature
  }

  private func rawSignature(_ data: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let context = EVP_MD_CTX_new() else { return nil }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestSignInit(context, nil, digest, nil, key) == 1 else { return nil }
    let bytes = data.bindMemory(to: UInt8.self)
    var length = 0
    guard EVP_DigestSign(context, nil, &length, bytes.baseAddress, bytes.count) == 1 else { return nil }
    var signature = [UInt8](repeating: 0, count: length)
    guard EVP_DigestSign(context, &signature, &length, bytes.baseAddress, bytes.count) == 1 else { return nil }
    return Array(signature.prefix(length))
  }

  private var digest: OpaquePointer? {
    switch algorithm {
    case .ed25519: nil
    case .ecdsa(.nistp256): EVP_sha256()
    case .ecdsa(.nistp384): EVP_sha384()
    case .ecdsa(.nistp521), .rsa: EVP_sha512()
    }
  }

  /// Two `mpint`s, r and s, for the DER that libcrypto makes.
  private static func wireSignature(fromDER der: [UInt8]) -> [UInt8]? {
    let parsed = der.withUnsafeBufferPointer { buffer in
      var position = buffer.baseAddress
      return d2i_ECDSA_SIG(nil, &position, buffer.count)
    }
    guard let signature = parsed else { return nil }
    defer { ECDSA_SIG_free(signature) }
    var writer = WireWriter()
    writer.mpint(BigNumber.bytes(ECDSA_SIG_get0_r(signature)))
    writer.mpint(BigNumber.bytes(ECDSA_SIG_get0_s(signature)))
    return writer.bytes
  }
}
