internal import COpenSSL

/// Makes libcrypto's key from the fields of OpenSSH's private section, which are those of the agent's protocol
/// (draft-miller-ssh-agent, section 3.2).
enum OpenSSHKeyFields {
  static func key(
    _ algorithm: KeyAlgorithm, _ fields: inout WireReader
  ) throws(PrivateKeyProblem) -> OpaquePointer {
    switch algorithm {
    case .ed25519: try ed25519(&fields)
    case .ecdsa(let curve): try ecdsa(curve, &fields)
    case .rsa: try rsa(&fields)
    }
  }

  private static let cutShort = PrivateKeyProblem.malformed("its private section is cut short")

  private static func ed25519(_ fields: inout WireReader) throws(PrivateKeyProblem) -> OpaquePointer {
    guard fields.string() != nil, let pair = fields.string(), pair.count == 64 else { throw cutShort }
    let seed = pair.bindMemory(to: UInt8.self).baseAddress
    guard let key = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, 32) else {
      throw .malformed("it is no ed25519 key")
    }
    return key
  }

  private static func ecdsa(
    _ curve: KeyAlgorithm.Curve, _ fields: inout WireReader
  ) throws(PrivateKeyProblem) -> OpaquePointer {
    guard fields.text() == curve.rawValue, let point = fields.string(), let scalar = fields.string() else {
      throw cutShort
    }
    let number = try BigNumber(scalar)
    return try make("EC") { builder in
      OSSL_PARAM_BLD_push_utf8_string(builder, name("group"), name(curve.groupName), 0) == 1
        && OSSL_PARAM_BLD_push_octet_string(builder, name("pub"), point.baseAddress, point.count) == 1
        && OSSL_PARAM_BLD_push_BN(builder, name("priv"), number.pointer) == 1
    }
  }

  private static func rsa(_ fields: inout WireReader) throws(PrivateKeyProblem) -> OpaquePointer {
    guard let nBytes = fields.string(), let eBytes = fields.string(), let dBytes = fields.string(),
      let coefficientBytes = fields.string(), let pBytes = fields.string(), let qBytes = fields.string()
    else { throw cutShort }
    let n = try BigNumber(nBytes)
    let e = try BigNumber(eBytes)
    let d = try BigNumber(dBytes)
    let p = try BigNumber(pBytes)
    let q = try BigNumber(qBytes)
    let coefficient = try BigNumber(coefficientBytes)
    let exponent1 = try d.reduced(modulo: p)
    let exponent2 = try d.reduced(modulo: q)
    return try make("RSA") { builder in
      let numbers: [(StaticString, OpaquePointer)] = [
        ("n", n.pointer), ("e", e.pointer), ("d", d.pointer), ("rsa-factor1", p.pointer), ("rsa-factor2", q.pointer),
        ("rsa-exponent1", exponent1.pointer), ("rsa-exponent2", exponent2.pointer),
        ("rsa-coefficient1", coefficient.pointer),
      ]
      return numbers.allSatisfy { OSSL_PARAM_BLD_push_BN(builder, name($0), $1) == 1 }
    }
  }

  /// The name of a parameter (provider-ec(7), provider-rsa(7)): libcrypto keeps the pointer, so it must never move.
  private static func name(_ literal: StaticString) -> UnsafePointer<CChar> {
    UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self)
  }

  /// A key from parameters; those that hold secrets are wiped by libcrypto when they are freed.
  private static func make(
    _ type: String, _ push: (OpaquePointer) -> Bool
  ) throws(PrivateKeyProblem) -> OpaquePointer {
    guard let builder = OSSL_PARAM_BLD_new() else { throw .malformed("memory is exhausted") }
    defer { OSSL_PARAM_BLD_free(builder) }
    guard push(builder), let parameters = OSSL_PARAM_BLD_to_param(builder) else {
      throw .malformed("its numbers are bad")
    }
    defer { OSSL_PARAM_free(parameters) }
    guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { throw .malformed("memory is exhausted") }
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard EVP_PKEY_fromdata_init(context) == 1, EVP_PKEY_fromdata(context, &key, keyPair, parameters) == 1,
      let key
    else {
      ERR_clear_error()
      throw .malformed("its numbers are no \(type) key")
    }
    return key
  }

  /// `EVP_PKEY_KEYPAIR`, a macro that Swift does not import: public key, private key and parameters (openssl/evp.h,
  /// openssl/core_dispatch.h).
  private static let keyPair: Int32 = 0x01 | 0x02 | 0x84
}
