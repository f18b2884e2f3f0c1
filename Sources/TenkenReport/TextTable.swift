/// Columns as wide as their widest cell; numbers stand at the right. Cells hold no control characters.
package struct TextTable {
  private var rows: [[String]]
  private let firstNumber: Int

  /// - Parameter numbersFrom: the first of the columns that stand at the right.
  package init(_ header: [String], numbersFrom firstNumber: Int = .max) {
    rows = [header]
    self.firstNumber = firstNumber
  }

  package mutating func add(_ row: [String]) { rows.append(row) }

  package var text: String {
    let widths = widths
    return rows.map { line($0, widths) + "\n" }.joined()
  }

  /// Of its widest line, in columns of a screen.
  var width: Int { widths.reduce(0, +) + 2 * max(0, widths.count - 1) }

  private var widths: [Int] {
    rows[0].indices.map { column in rows.map { $0[column].displayWidth }.max() ?? 0 }
  }

  private func line(_ row: [String], _ widths: [Int]) -> String {
    let cells = row.enumerated().map { column, cell in
      let padding = String(repeating: " ", count: widths[column] - cell.displayWidth)
      return column >= firstNumber ? padding + cell : cell + padding
    }
    let line = cells.joined(separator: "  ")
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
