internal import COpenSSL
package import TenkenModel

/// SHA-256 (FIPS 180-4), by the system's libcrypto.
package struct SHA256: ~Copyable {
  private let context: OpaquePointer

  package init() {
    // Both fail only when memory is exhausted, and then the process cannot go on anyway.
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto has no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  package mutating func update(_ bytes: some Sequence<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      _ = EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }
    if done == nil {
      let copy = Array(bytes)
      _ = EVP_DigestUpdate(context, copy, copy.count)
    }
  }

  package consuming func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      var length: UInt32 = 0
      _ = EVP_DigestFinal_ex(context, buffer.baseAddress, &length)
      count = Int(length)
    }
  }

  /// The 32 bytes of the digest.
  package static func bytes(of bytes: some Sequence<UInt8>) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  package static func digest(of bytes: some Sequence<UInt8>) -> Digest {
    Digest(sha256: Self.bytes(of: bytes))
  }
}

extension Digest {
  /// From the 32 bytes of a SHA-256 digest.
  package init(sha256 bytes: [UInt8]) {
    precondition(bytes.count == 32)
    let digits = Array("0123456789abcdef".utf8)
    let hex = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    self.init(hex: String(decoding: hex, as: UTF8.self))!
  }
}
