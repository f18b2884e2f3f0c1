/// The name of one thing of a kind: `ID<Terminal>`, `ID<Site>`, `ID<Check>`.
///
/// 1 to 64 characters of `A-Z a-z 0-9 . _ -`, the first a letter or a digit. Ids end up in file names, URLs, CSV
/// cells and shell words; nothing that means something to one of those can be written in one.
package struct ID<Subject>: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let rawValue: String

  package init?(_ text: some StringProtocol) { self.init(String(text)) }

  /// `nil` where `text` breaks the rule above.
  package init?(_ text: String) {
    let bytes = text.utf8
    guard let first = bytes.first, bytes.count <= 64, Self.isAlphanumeric(first),
      bytes.allSatisfy({ Self.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F })
    else { return nil }
    rawValue = text
  }

  package var description: String { rawValue }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  package static var rule: String {
    "1 to 64 characters of A-Z a-z 0-9 . _ -, the first a letter or a digit"
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

extension ID: ExpressibleByStringLiteral {
  /// For ids written in the source itself: a literal that breaks the rule is a mistake of the programmer.
  package init(stringLiteral value: String) {
    guard let id = Self(value) else { preconditionFailure("not an id: \(value)") }
    self = id
  }
}

extension ID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = Self(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an id (\(Self.rule))")
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}
