internal import COpenSSL

/// HMAC-SHA1 (RFC 2104), which known_hosts hashes its names with.
package enum HMACSHA1 {
  package static func bytes(of text: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
    let message = Array(text)
    return [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
      var length: UInt32 = 0
      _ = HMAC(EVP_sha1(), key, Int32(key.count), message, message.count, buffer.baseAddress, &length)
      count = Int(length)
    }
  }
}
