import TenkenModel

/// A fact as a check prints it: `NONCE<TAB>fact<TAB>name<TAB>value...`, values escaped with `\\ \t \n \r \xNN`.
enum FactLine {
  /// What follows `NONCE<TAB>fact<TAB>`; `nil` where the line is not one of ours: whatever lacks the nonce is text,
  /// however much it looks like a fact. A line that has the nonce and is no fact comes back as an empty row.
  static func row(of line: ArraySlice<UInt8>, nonce: String) -> ArraySlice<UInt8>? {
    guard !nonce.isEmpty, line.starts(with: nonce.utf8) else { return nil }
    let rest = line.dropFirst(nonce.utf8.count)
    let mark = Array("\tfact\t".utf8)
    return rest.starts(with: mark) ? rest.dropFirst(mark.count) : []
  }

  /// `nil` where an escape is not one of the five, or the name is missing.
  static func fact(of row: ArraySlice<UInt8>) -> Fact? {
    var values: [String] = []
    for field in row.split(separator: 0x09, omittingEmptySubsequences: false) {
      guard let value = unescaped(field) else { return nil }
      values.append(value)
    }
    guard let name = values.first, !name.isEmpty else { return nil }
    return Fact(name: name, values: Array(values.dropFirst()))
  }

  static func unescaped(_ field: ArraySlice<UInt8>) -> String? {
    guard field.contains(0x5C) else { return visible(field) }
    var bytes: [UInt8] = []
    var rest = field
    while let byte = rest.popFirst() {
      guard byte == 0x5C else {
        bytes.append(byte)
        continue
      }
      guard let escaped = escaped(&rest) else { return nil }
      bytes.append(escaped)
    }
    return visible(bytes[...])
  }

  /// A value as the file `expect` of a fixture writes it: there `|` ends a value, and blanks at its ends do not count.
  static func escaped(_ value: String) -> String {
    let bytes = Array(value.utf8)
    var text: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x5C: text += #"\\"#.utf8
      case 0x09: text += #"\t"#.utf8
      case 0x0A: text += #"\n"#.utf8
      case 0x0D: text += #"\r"#.utf8
      case 0..<0x20, 0x7C, 0x7F: text += escape(byte).utf8
      case 0x20 where index == 0 || index == bytes.count - 1: text += escape(byte).utf8
      default: text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func escaped(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
    switch rest.popFirst() {
    case UInt8(ascii: "\\"): return 0x5C
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "x"):
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
      rest = rest.dropFirst(2)
      return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    default: return nil
    }
  }

  /// Bytes that are no UTF-8 are shown as `\xNN`, so that two values that differ stay different.
  private static func visible(_ bytes: ArraySlice<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    var rest = bytes
    while let first = rest.first {
      let width = (1...4).first { String(validating: rest.prefix($0), as: UTF8.self) != nil && $0 <= rest.count }
      text += width.map { String(decoding: rest.prefix($0), as: UTF8.self) } ?? escape(first)
      rest = rest.dropFirst(width ?? 1)
    }
    return text
  }

  private static func escape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
  }
}
