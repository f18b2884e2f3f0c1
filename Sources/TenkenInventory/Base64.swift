/// Base64 (RFC 4648 section 4), strictly: padded, nothing between, no stray bits at the end.
enum Base64 {
  private static let padding = UInt8(ascii: "=")

  /// The value of every byte as a digit; 255 for what is none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, digit) in digits.utf8.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  /// `nil` where the text is not base64.
  static func bytes(of text: ArraySlice<UInt8>) -> [UInt8]? {
    let padded = text.reversed().prefix { $0 == padding }.count
    guard text.count.isMultiple(of: 4), padded <= 2 else { return nil }
    let values = values
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    var pending = 0
    for digit in text.dropLast(padded) {
      let value = values[Int(digit)]
      guard value < 64 else { return nil }
      bits = bits << 6 | UInt32(value)
      pending += 6
      guard pending >= 8 else { continue }
      pending -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(pending)))
    }
    return bits & ((1 << UInt32(pending)) - 1) == 0 ? bytes : nil
  }
}
