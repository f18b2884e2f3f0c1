/// A SHA-256 digest (FIPS 180-4), as its 64 lower-case hexadecimal digits. TenkenCrypto computes it.
package struct Digest: Hashable, Sendable, Codable, CustomStringConvertible {
  package let hex: String

  /// `nil` where `hex` is not 64 lower-case hexadecimal digits.
  package init?(hex: String) {
    guard hex.utf8.count == 64,
      hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.hex = hex
  }

  package var description: String { hex }

  /// The first 12 digits: enough to tell two apart on a screen.
  package var short: String { String(hex.prefix(12)) }
}
