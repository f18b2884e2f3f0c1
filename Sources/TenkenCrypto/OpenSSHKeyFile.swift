internal import COpenSSL

/// OpenSSH's container of private keys (PROTOCOL.key of OpenSSH's source), not encrypted.
enum OpenSSHKeyFile {
  /// The key as libcrypto's object, which the caller owns.
  static func parse(_ text: borrowing SecretBytes) throws(PrivateKeyProblem) -> OpaquePointer {
    let content = try decode(text)
    return try content.withUnsafeBytes { bytes throws(PrivateKeyProblem) in try parse(container: bytes) }
  }

  /// The lines between BEGIN and END, decoded by libcrypto straight into memory that is wiped.
  private static func decode(_ text: borrowing SecretBytes) throws(PrivateKeyProblem) -> SecretBytes {
    let capacity = text.count
    return try text.withUnsafeBytes { bytes throws(PrivateKeyProblem) in
      let lines = bytes.split(separator: 0x0A).map { $0.last == 0x0D ? $0.dropLast() : $0 }
      guard let end = lines.firstIndex(where: { $0.starts(with: "-----END OPENSSH PRIVATE KEY-----".utf8) }),
        let begin = lines[..<end].lastIndex(where: { $0.starts(with: "-----BEGIN".utf8) })
      else { throw .malformed("its last line is missing") }
      return try SecretBytes(capacity: capacity) { output throws(PrivateKeyProblem) in
        try decode(lines[(begin + 1)..<end], into: output)
      }
    }
  }

  private static func decode(
    _ lines: ArraySlice<Slice<UnsafeRawBufferPointer>>, into output: UnsafeMutableRawBufferPointer
  ) throws(PrivateKeyProblem) -> Int {
    guard let context = EVP_ENCODE_CTX_new() else { throw .malformed("memory is exhausted") }
    defer { EVP_ENCODE_CTX_free(context) }
    EVP_DecodeInit(context)
    let start = output.bindMemory(to: UInt8.self).baseAddress
    var total = 0
    var written: Int32 = 0
    for line in lines {
      let input = UnsafeRawBufferPointer(rebasing: line).bindMemory(to: UInt8.self)
      guard EVP_DecodeUpdate(context, start?.advanced(by: total), &written, input.baseAddress, Int32(input.count)) >= 0
      else { throw .malformed("it is not base64") }
      total += Int(written)
    }
    guard EVP_DecodeFinal(context, start?.advanced(by: total), &written) == 1 else {
      throw .malformed("it is not base64")
    }
    return total + Int(written)
  }

  private static func parse(container bytes: UnsafeRawBufferPointer) throws(PrivateKeyProblem) -> OpaquePointer {
    var reader = WireReader(bytes)
    guard let magic = reader.bytes(15), magic.elementsEqual("openssh-key-v1\0".utf8), let cipher = reader.text(),
      let derivation = reader.text(), reader.string() != nil, reader.uint32() == 1, let publicBlob = reader.string(),
      let secret = reader.string()
    else { throw .malformed("its container is cut short, or holds several keys") }
    guard cipher == "none", derivation == "none" else { throw .encrypted }
    var fields = WireReader(secret)
    guard let number = fields.uint32(), fields.uint32() == number, let type = fields.text() else {
      throw .malformed("its two check numbers differ")
    }
    guard let algorithm = KeyAlgorithm(keyType: type) else { throw .unsupported(type) }
    let key = try OpenSSHKeyFields.key(algorithm, &fields)
    try check(key, algorithm, against: publicBlob, rest: &fields)
    return key
  }

  /// The public half in front must be that of the private key, and what follows it a comment and the padding 1, 2, 3.
  private static func check(
    _ key: OpaquePointer, _ algorithm: KeyAlgorithm, against publicBlob: UnsafeRawBufferPointer,
    rest fields: inout WireReader
  ) throws(PrivateKeyProblem) {
    do throws(PrivateKeyProblem) {
      guard try PublicHalf.blob(of: key, algorithm).elementsEqual(publicBlob) else {
        throw .malformed("its public half belongs to another key")
      }
      guard fields.string() != nil, fields.rest.count < 16,
        fields.rest.elementsEqual((1...16).prefix(fields.rest.count))
      else { throw .malformed("its end is not as it should be") }
    } catch {
      EVP_PKEY_free(key)
      throw error
    }
  }
}
