internal import COpenSSL

/// Reads the public half out of libcrypto's key, whatever container the key came in.
enum PublicHalf {
  static func algorithm(of key: OpaquePointer) throws(PrivateKeyProblem) -> KeyAlgorithm {
    if EVP_PKEY_is_a(key, "ED25519") == 1 { return .ed25519 }
    if EVP_PKEY_is_a(key, "RSA") == 1 { return .rsa }
    guard EVP_PKEY_is_a(key, "EC") == 1 else {
      throw .unsupported(EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "a key of no known kind")
    }
    var name = [CChar](repeating: 0, count: 80)
    var length = 0
    guard EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, &name, name.count, &length) == 1 else {
      throw .unsupported("an EC key of an unnamed curve")
    }
    let group = String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let curve = KeyAlgorithm.Curve.allCases.first(where: { $0.groupName.description == group }) else {
      throw .unsupported("an EC key of curve \(group)")
    }
    return .ecdsa(curve)
  }

  static func blob(of key: OpaquePointer, _ algorithm: KeyAlgorithm) throws(PrivateKeyProblem) -> [UInt8] {
    var writer = WireWriter()
    writer.string(algorithm.keyType.utf8)
    switch algorithm {
    case .ed25519: writer.string(try rawPublicKey(key))
    case .ecdsa(let curve):
      writer.string(curve.rawValue.utf8)
      let x = try number(key, OSSL_PKEY_PARAM_EC_PUB_X)
      let y = try number(key, OSSL_PKEY_PARAM_EC_PUB_Y)
      writer.string([4] + padded(x, curve.coordinateLength) + padded(y, curve.coordinateLength))
    case .rsa:
      writer.mpint(try number(key, OSSL_PKEY_PARAM_RSA_E))
      writer.mpint(try number(key, OSSL_PKEY_PARAM_RSA_N))
    }
    return writer.bytes
  }

  private static func rawPublicKey(_ key: OpaquePointer) throws(PrivateKeyProblem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 32)
    var length = bytes.count
    guard EVP_PKEY_get_raw_public_key(key, &bytes, &length) == 1, length == 32 else {
      throw .malformed("it has no public half")
    }
    return bytes
  }

  private static func number(_ key: OpaquePointer, _ name: String) throws(PrivateKeyProblem) -> [UInt8] {
    var number: OpaquePointer?
    guard EVP_PKEY_get_bn_param(key, name, &number) == 1, let number else { throw .malformed("it has no public half") }
    defer { BN_free(number) }
    return BigNumber.bytes(number)
  }

  private static func padded(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: max(0, length - bytes.count)) + bytes
  }
}
