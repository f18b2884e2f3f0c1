internal import TenkenAnalysis
package import TenkenModel

/// A list of terminals, with what a sweep says of each where there is one.
package struct TerminalList {
  private let rows: [[Label]]
  /// The sweep behind it; `nil` for an inventory alone.
  private let report: Report?

  package init(_ terminals: some Sequence<Terminal>) {
    rows = terminals.map(Self.columns)
    report = nil
  }

  /// - Parameter terminals: indices into the inventory of the sweep.
  package init(_ report: Report, terminals: some Sequence<Int>) {
    self.report = report
    rows = terminals.map { index in
      Self.columns(report.inventory.terminals[index]) + Self.columns(report.assessment.terminals[index])
    }
  }

  /// - Throws: `usage` for a form that is not of terminals' columns.
  package func text(as format: ListFormat) throws(Failure) -> String {
    switch format {
    case .ids: rows.map { $0[0].value + "\n" }.joined()
    case .jsonl: rows.map { Self.json($0 + provenance) }.joined()
    case .csv: csv
    case .table: table
    case .knownHosts:
      throw Failure(
        .usage, "an inventory has no keys to list", why: "those that it knows stand in its known_hosts",
        next:
          "`tenken keyscan` asks terminals for theirs; `tenken list SWEEP -o known-hosts` has those that a sweep met.")
    }
  }

  /// For those who read a line by itself: what a rehearsal invented must not pass for what was seen.
  private var provenance: [Label] {
    guard let report else { return [] }
    return [Label(name: "transport", value: report.manifest.scope.transport.rawValue)]
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
    return ([(first + provenance).map(\.name)] + rows.map { ($0 + provenance).map(\.value) }).map { cells in
      var row = CSVRow()
      row.add(cells)
      return String(decoding: row.bytes, as: UTF8.self)
    }.joined()
  }

  private var table: String {
    var page = ScreenPage(width: 80, colour: false)
    if let report { page.remarks(on: report) }
    guard let first = rows.first else { return page.text + "no terminal is selected\n" }
    var table = TextTable(first.map(\.name))
    for row in rows { table.add(row.map { $0.value.escapedForPeople(maxLength: 60) }) }
    return page.text + table.text
  }
}
