internal import TenkenModel

/// Cuts a CSV file (RFC 4180) into rows, byte by byte. Line ends are LF or CRLF; empty lines are skipped.
struct CSVScanner {
  enum Step {
    case row(CSVRow)
    /// The scan goes on in the line after this one.
    case malformed(line: Int, Malformed)
    case end
  }

  private let bytes: [UInt8]
  private var position: Int
  /// Of `position`, 1 for the first.
  private var line = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = SourceText.start(of: bytes)
  }

  mutating func next() -> Step {
    skipEmptyLines()
    guard position < bytes.count else { return .end }
    let start = (position: position, line: line)
    do throws(Malformed) {
      return .row(try row())
    } catch {
      // What a quotation mark that was never closed has swallowed is looked at again, line by line.
      (position, line) = start
      skipLine()
      return .malformed(line: start.line, error)
    }
  }

  private mutating func row() throws(Malformed) -> CSVRow {
    let start = (position: position, line: line)
    var cells: [CSVRow.Cell] = []
    cells.reserveCapacity(16)
    while true {
      cells.append(try cell())
      guard position < bytes.count else { break }
      let byte = bytes[position]
      if byte == UInt8(ascii: ",") {
        position += 1
      } else {
        skipLineEnd()
        break
      }
    }
    return CSVRow(line: start.line, bytes: bytes, extent: start.position..<position, cells: cells)
  }

  /// Leaves `position` at the comma or line end after the cell, or at the end of the file.
  private mutating func cell() throws(Malformed) -> CSVRow.Cell {
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try quotedCell() }
    let start = position
    var isBroken = false
    while position < bytes.count {
      let byte = bytes[position]
      // Nearly every byte of a file is above the comma, and means nothing here.
      if byte <= UInt8(ascii: ",") {
        if byte == UInt8(ascii: ",") || isLineEnd { break }
        if byte < 0x20 { isBroken = true }
        if byte == UInt8(ascii: "\"") { throw Self.strayMark }
      }
      position += 1
    }
    return CSVRow.Cell(start: start, end: position, isEscaped: false, isBroken: isBroken)
  }

  private static let openMark = Malformed(
    what: "quotation mark that is never closed", fix: "close the cell with another one")

  private static let strayMark = Malformed(
    what: "quotation mark within a cell",
    fix: "put the whole cell in quotation marks and write each one inside it twice")

  private mutating func quotedCell() throws(Malformed) -> CSVRow.Cell {
    position += 1
    let start = position
    var isEscaped = false
    var isBroken = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x20 { isBroken = true }
      if byte == UInt8(ascii: "\n") { line += 1 }
      position += 1
      guard byte == UInt8(ascii: "\"") else { continue }
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        isEscaped = true
        position += 1
      } else if position == bytes.count || bytes[position] == UInt8(ascii: ",") || isLineEnd {
        return CSVRow.Cell(start: start, end: position - 1, isEscaped: isEscaped, isBroken: isBroken)
      } else if isBroken {
        throw Self.openMark
      } else {
        throw Malformed(
          what: "text after the closing quotation mark of a cell", fix: "remove it, or write the mark twice")
      }
    }
    throw Self.openMark
  }

  private var isLineEnd: Bool {
    switch bytes[position] {
    case UInt8(ascii: "\n"): true
    case UInt8(ascii: "\r"): position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "\n")
    default: false
    }
  }

  private mutating func skipLineEnd() {
    position += bytes[position] == UInt8(ascii: "\r") ? 2 : 1
    line += 1
  }

  private mutating func skipEmptyLines() {
    while position < bytes.count, isLineEnd { skipLineEnd() }
  }

  private mutating func skipLine() {
    while position < bytes.count, !isLineEnd { position += 1 }
    if position < bytes.count { skipLineEnd() }
  }
}
