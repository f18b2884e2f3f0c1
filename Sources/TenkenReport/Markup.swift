internal import TenkenModel

/// HTML. What stands literally in the source is markup; whatever is interpolated is text, and is escaped: there is no
/// way to interpolate a string unescaped.
struct Markup: ExpressibleByStringInterpolation, Sendable {
  private(set) var bytes: [UInt8]

  init(stringLiteral value: StaticString) { bytes = value.withUTF8Buffer { Array($0) } }
  init(stringInterpolation: Interpolation) { bytes = stringInterpolation.bytes }

  mutating func append(_ other: Markup) { bytes.append(contentsOf: other.bytes) }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func appendInterpolation(_ text: String) {
      if text.isPlain { return bytes.append(contentsOf: text.utf8) }
      for byte in text.escapedForPeople(maxLength: .max).utf8 { append(byte) }
    }

    mutating func appendInterpolation(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }
    mutating func appendInterpolation(_ markup: Markup) { bytes.append(contentsOf: markup.bytes) }
    mutating func appendInterpolation<Subject>(_ id: ID<Subject>) { bytes.append(contentsOf: id.rawValue.utf8) }

    mutating func appendInterpolation(_ parts: [Markup]) {
      for part in parts { bytes.append(contentsOf: part.bytes) }
    }

    mutating func appendInterpolation(_ parts: [Markup], separator: Markup) {
      for (index, part) in parts.enumerated() {
        if index > 0 { bytes.append(contentsOf: separator.bytes) }
        bytes.append(contentsOf: part.bytes)
      }
    }

    private mutating func append(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
      case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
      case UInt8(ascii: "`"): bytes.append(contentsOf: "&#96;".utf8)
      default: bytes.append(byte)
      }
    }
  }
}
