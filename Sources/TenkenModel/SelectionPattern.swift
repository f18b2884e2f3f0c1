/// What a value of a selection must look like: plain text, text with `*` for any characters, or an id range.
struct SelectionPattern: Sendable, Hashable {
  enum Unit: Sendable, Hashable {
    case byte(UInt8)
    /// Any number of characters, none included.
    case star
  }

  private enum Form: Sendable, Hashable {
    case text(String)
    case glob([Unit])
    case range(IDRange)
  }

  private let form: Form

  /// - Parameter isRange: whether the brackets in the text are those of an id range.
  init(_ units: [Unit], isRange: Bool) throws(IDRange.Malformed) {
    let text = Self.text(of: units)
    if isRange {
      guard !units.contains(.star) else {
        throw IDRange.Malformed(what: "\(text.quoted) has both a range and a *", fix: "write one of them")
      }
      form = .range(try IDRange(parsing: text))
    } else {
      form = units.contains(.star) ? .glob(units) : .text(text)
    }
  }

  /// The units as text, a star as `*`.
  static func text(of units: [Unit]) -> String {
    let bytes = units.map { unit in if case .byte(let byte) = unit { byte } else { UInt8(ascii: "*") } }
    return String(decoding: bytes, as: UTF8.self)
  }

  func matches(_ text: String) -> Bool {
    switch form {
    case .text(let wanted): wanted == text
    case .range(let range): range.contains(text)
    case .glob(let units): Self.matches(units, Array(text.utf8))
    }
  }

  /// As a selection writes it, in quotation marks where it must be.
  var written: String {
    switch form {
    case .range(let range): range.description
    case .text(let text): Self.written(text.utf8.map { .byte($0) })
    case .glob(let units): Self.written(units)
    }
  }

  /// On a mismatch only the last star is tried again, one byte further: never more than the product of the lengths.
  private static func matches(_ units: [Unit], _ bytes: [UInt8]) -> Bool {
    var unit = 0
    var byte = 0
    var retry: (unit: Int, byte: Int)?
    while byte < bytes.count {
      if unit < units.count, units[unit] == .star {
        retry = (unit + 1, byte)
        unit += 1
      } else if unit < units.count, units[unit] == .byte(bytes[byte]) {
        unit += 1
        byte += 1
      } else if let last = retry {
        retry = (last.unit, last.byte + 1)
        (unit, byte) = (last.unit, last.byte + 1)
      } else {
        return false
      }
    }
    return units[unit...].allSatisfy { $0 == .star }
  }

  private static func written(_ units: [Unit]) -> String {
    let isBare = units.allSatisfy { unit in
      guard case .byte(let byte) = unit else { return true }
      return SelectionLexer.isBare(byte)
    }
    if isBare, !units.isEmpty { return text(of: units) }
    let escaped: [UInt8] = units.flatMap { unit -> [UInt8] in
      guard case .byte(let byte) = unit else { return [UInt8(ascii: "*")] }
      return SelectionLexer.mustBeEscaped(byte) ? [UInt8(ascii: "\\"), byte] : [byte]
    }
    return "\"\(String(decoding: escaped, as: UTF8.self))\""
  }
}
