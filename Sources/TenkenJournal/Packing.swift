internal import CZlib

/// Raw output as the journal stores it: packed by zlib (RFC 1950) where that saves a quarter at least.
enum Packing {
  struct Malformed: Error {}

  /// Below it there is nothing to save: what zlib adds, and the words that it would have to meet twice.
  static let threshold = 128
  /// The quickest: of what checks write, the slowest saves a tenth more and takes up to seven times as long.
  private static let level: Int32 = 1

  /// `nil` where it does not pay.
  static func packed(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= threshold else { return nil }
    let most = bytes.count - bytes.count / 4
    var length = uLongf(most)
    let packed = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      // Where there is no room for it, it does not pay.
      guard compress2(buffer.baseAddress, &length, bytes, uLong(bytes.count), level) == Z_OK else { return }
      count = Int(length)
    }
    return packed.isEmpty ? nil : packed
  }

  /// - Parameter size: what comes out of it, as the journal says.
  static func unpacked(_ bytes: [UInt8], size: Int) throws(Malformed) -> [UInt8] {
    // Nothing that zlib packs is more than 1,032 times as long (zlib.net, technical details).
    guard size > bytes.count, size / 1032 <= bytes.count else { throw Malformed() }
    var length = uLongf(size)
    let unpacked = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      guard uncompress(buffer.baseAddress, &length, bytes, uLong(bytes.count)) == Z_OK else { return }
      count = Int(length)
    }
    guard unpacked.count == size else { throw Malformed() }
    return unpacked
  }
}
