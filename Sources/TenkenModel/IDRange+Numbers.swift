extension IDRange {
  /// What stands between two brackets: `0001-0400`.
  struct Numbers: Sendable, Hashable {
    /// So that no number overflows; far more than an id or an address can hold.
    private static let mostDigits = 9

    let first: Int
    let last: Int
    /// Digits that every number is padded to.
    let width: Int

    var count: Int { last - first + 1 }

    init(parsing text: ArraySlice<UInt8>) throws(Malformed) {
      let range = "[\(String(decoding: text, as: UTF8.self))]"
      let sides = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      guard sides.count == 2, let first = Self.number(sides[0]), let last = Self.number(sides[1]) else {
        throw Malformed(
          what: "\(range.quoted) is not a range",
          fix: "write two numbers of at most \(Self.mostDigits) digits, such as [1-20] or [0001-0400]")
      }
      guard first <= last else {
        let right = "[\(String(decoding: sides[1], as: UTF8.self))-\(String(decoding: sides[0], as: UTF8.self))]"
        throw Malformed(what: "range \(range) runs backwards", fix: "write \(right)")
      }
      width = try Self.width(of: sides, range: range)
      self.first = first
      self.last = last
    }

    /// Where this can end in `bytes` when it begins at `start`.
    func ends(in bytes: [UInt8], from start: Int) -> [Int] {
      var value = 0
      var ends: [Int] = []
      for position in start..<min(bytes.count, start + Self.mostDigits) {
        guard let digit = Self.digit(bytes[position]) else { break }
        value = value * 10 + digit
        if value >= first, value <= last, isWritten(value, with: position + 1 - start) { ends.append(position + 1) }
      }
      return ends
    }

    /// Appends the digits of `value`, the last one first.
    func appendReversed(_ value: Int, to bytes: inout [UInt8]) {
      var value = value
      var written = 0
      while value > 0 || written < width {
        bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
        value /= 10
        written += 1
      }
    }

    private func isWritten(_ value: Int, with digits: Int) -> Bool {
      digits == max(width, String(value).utf8.count)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
      guard !digits.isEmpty, digits.count <= mostDigits else { return nil }
      var value = 0
      for byte in digits {
        guard let digit = digit(byte) else { return nil }
        value = value * 10 + digit
      }
      return value
    }

    private static func digit(_ byte: UInt8) -> Int? {
      (0x30...0x39).contains(byte) ? Int(byte) - 0x30 : nil
    }

    /// Numbers of one width are padded to it; numbers of different widths are not padded, so neither may begin with 0.
    private static func width(of sides: [ArraySlice<UInt8>], range: String) throws(Malformed) -> Int {
      if sides[0].count == sides[1].count { return sides[0].count }
      for side in sides where side.count > 1 && side.first == 0x30 {
        throw Malformed(
          what: "range \(range) pads only one of its numbers",
          fix: "write both with the same number of digits")
      }
      return 1
    }
  }
}
