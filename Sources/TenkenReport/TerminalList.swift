package import TenkenAnalysis
package import TenkenModel

/// A list of terminals, with what a sweep says of each where there is one.
package struct TerminalList {
  private let rows: [[Label]]

  package init(_ terminals: some Sequence<Terminal>) { rows = terminals.map(Self.columns) }

  package init(_ terminals: some Sequence<(Terminal, TerminalAssessment)>) {
    rows = terminals.map { Self.columns($0) + Self.columns($1) }
  }

  package func text(as format: ListFormat) -> String {
    switch format {
    case .ids: rows.map { $0[0].value + "\n" }.joined()
    case .jsonl: rows.map(Self.json).joined()
    case .csv: csv
    case .table: table
    }
  }

  private static func columns(_ terminal: Terminal) -> [Label] {
    [
      Label(name: "terminal", value: terminal.id.rawValue), Label(name: "site", value: terminal.site.rawValue),
      Label(name: "address", value: terminal.address), Label(name: "port", value: String(terminal.port)),
      Label(name: "platform", value: terminal.platform), Label(name: "role", value: terminal.role),
      Label(name: "owner", value: terminal.owner), Label(name: "tags", value: terminal.tags.joined(separator: " ")),
    ]
  }

  private static func columns(_ terminal: TerminalAssessment) -> [Label] {
    [
      Label(name: "outcome", value: terminal.outcome.rawValue), Label(name: "state", value: terminal.state.rawValue),
      Label(name: "reason", value: terminal.reason),
      Label(name: "failed", value: terminal.failed.map(\.check.rawValue).joined(separator: " ")),
    ]
  }

  private static func json(_ row: [Label]) -> String {
    var object = JSONObject()
    for cell in row { object.set(cell.name, cell.value) }
    return String(decoding: object.line, as: UTF8.self)
  }

  private var csv: String {
    guard let first = rows.first else { return "" }
    return ([first.map(\.name)] + rows.map { $0.map(\.value) }).map { cells in
      var row = CSVRow()
      row.add(cells)
      return String(decoding: row.bytes, as: UTF8.self)
    }.joined()
  }

  private var table: String {
    guard let first = rows.first else { return "no terminal is selected\n" }
    var table = TextTable(first.map(\.name))
    for row in rows { table.add(row.map { $0.value.escapedForPeople(maxLength: 60) }) }
    return table.text
  }
}
