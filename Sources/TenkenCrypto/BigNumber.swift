internal import COpenSSL

/// Numbers of libcrypto that are freed, and wiped, with their owner.
struct BigNumber: ~Copyable {
  let pointer: OpaquePointer

  /// From bytes in network order.
  init(_ bytes: UnsafeRawBufferPointer) throws(PrivateKeyProblem) {
    let made = BN_bin2bn(bytes.bindMemory(to: UInt8.self).baseAddress, Int32(bytes.count), nil)
    guard let made else { throw .malformed("a number cannot be read") }
    pointer = made
  }

  private init(owning pointer: OpaquePointer) { self.pointer = pointer }

  deinit { BN_clear_free(pointer) }

  /// `self mod (other - 1)`: the exponents of RSA's Chinese remainders (RFC 8017 section 3.2).
  borrowing func reduced(modulo other: borrowing BigNumber) throws(PrivateKeyProblem) -> BigNumber {
    guard let context = BN_CTX_new(), let result = BN_new(), let divisor = BN_dup(other.pointer) else {
      throw .malformed("memory is exhausted")
    }
    defer {
      BN_CTX_free(context)
      BN_clear_free(divisor)
    }
    let number = BigNumber(owning: result)
    guard BN_sub_word(divisor, 1) == 1, BN_div(nil, number.pointer, pointer, divisor, context) == 1 else {
      throw .malformed("a prime is no prime")
    }
    return number
  }

  /// The magnitude in network order, without leading zeros.
  static func bytes(_ number: OpaquePointer?) -> [UInt8] {
    let length = Int(BN_num_bits(number) + 7) / 8
    return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      count = Int(BN_bn2bin(number, buffer.baseAddress))
    }
  }
}
