internal import TenkenModel

/// The last columns of every row: where it comes from, and which of how many it is. A part of a file then says
/// itself that it is one, whatever a spreadsheet did to it.
struct CSVProvenance {
  private let entries: [Label]
  private let rows: Int
  private let cells: CSVRow

  init(of report: Report, rows: Int) {
    entries = Provenance(of: report).entries
    self.rows = rows
    var cells = CSVRow()
    cells.add(entries.map(\.value))
    self.cells = cells
  }

  func addHeads(to row: inout CSVRow) {
    row.add(["row", "rows"] + entries.map(\.name))
  }

  /// - Parameter number: 1 for the first.
  func add(to row: inout CSVRow, number: Int) {
    row.add(number)
    row.add(rows)
    row.add(finished: cells)
  }
}
