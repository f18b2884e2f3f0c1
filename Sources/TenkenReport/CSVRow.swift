internal import TenkenModel

/// One record of a CSV file (RFC 4180: CRLF, quotes doubled). Cells hold no control characters, and none that a
/// spreadsheet takes for a formula.
struct CSVRow {
  /// U+FEFF as UTF-8: without it a spreadsheet in Japan reads the file as Shift_JIS.
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private var cells: [UInt8] = []

  /// The finished record.
  var bytes: [UInt8] { cells + [0x0D, 0x0A] }

  mutating func add(_ text: String) {
    separate()
    let text = Self.harmless(text)
    guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x3B }) || text.first == " " else {
      return cells.append(contentsOf: text.utf8)
    }
    cells.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { cells.append(0x22) }
      cells.append(byte)
    }
    cells.append(0x22)
  }

  mutating func add(_ number: Int) {
    separate()
    cells.append(contentsOf: String(number).utf8)
  }

  mutating func add(_ texts: [String]) {
    for text in texts { add(text) }
  }

  /// Appends cells that are finished already.
  mutating func add(finished other: CSVRow) {
    separate()
    cells.append(contentsOf: other.cells)
  }

  /// Escaped for people, and with `'` in front where the first character would begin a formula. The full-width forms
  /// begin one in a spreadsheet that is set to Japanese.
  static func harmless(_ text: String) -> String {
    let shown = text.isPlain ? text : text.escapedForPeople(maxLength: .max)
    guard let first = shown.unicodeScalars.first, "=+-@＝＋－＠".unicodeScalars.contains(first) else { return shown }
    return "'" + shown
  }

  private mutating func separate() {
    if isBegun { cells.append(0x2C) }
    isBegun = true
  }

  private var isBegun = false
}
