internal import TenkenModel

/// One row of a CSV file: where its cells are in the file's bytes, which are shared, not copied.
struct CSVRow {
  struct Cell {
    let start: Int
    let end: Int
    /// Whether it holds quotation marks that are written twice.
    let isEscaped: Bool
    /// Whether it holds a tab or a line end.
    let isBroken: Bool
  }

  /// Of its first character, 1 for the file's first.
  let line: Int
  private let bytes: [UInt8]
  private let extent: Range<Int>
  private let cells: [Cell]

  init(line: Int, bytes: [UInt8], extent: Range<Int>, cells: [Cell]) {
    self.line = line
    self.bytes = bytes
    self.extent = extent
    self.cells = cells
  }

  var count: Int { cells.count }

  /// The row as it stands in the file.
  var source: ArraySlice<UInt8> { bytes[extent] }

  func isEmpty(_ index: Int) -> Bool { cells[index].start == cells[index].end }

  func contains(_ byte: UInt8, in index: Int) -> Bool { slice(index).contains(byte) }

  /// Whether the cell begins or ends with a space or a tab.
  func isPadded(_ index: Int) -> Bool {
    guard let first = slice(index).first, let last = slice(index).last else { return false }
    return Self.isBlank(first) || Self.isBlank(last)
  }

  /// Whether the cell holds a tab or a line end.
  func isBroken(_ index: Int) -> Bool { cells[index].isBroken }

  func text(_ index: Int) -> String {
    let text = String(decoding: slice(index), as: UTF8.self)
    return cells[index].isEscaped ? Self.unescaped(text) : text
  }

  private func slice(_ index: Int) -> ArraySlice<UInt8> { bytes[cells[index].start..<cells[index].end] }

  private static func unescaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    var skips = false
    for byte in text.utf8 {
      skips = byte == UInt8(ascii: "\"") && !skips
      if !skips { bytes.append(byte) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
