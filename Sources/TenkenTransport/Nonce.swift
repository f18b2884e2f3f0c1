/// 128 random bits as 32 lower-case hexadecimal digits: what the frames of one attempt carry and no check sees.
package struct Nonce: Sendable, Hashable, CustomStringConvertible {
  package let hex: String

  package init(using generator: inout some RandomNumberGenerator) {
    hex = Self.digits(generator.next()) + Self.digits(generator.next())
  }

  package var description: String { hex }

  private static func digits(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
