internal import TenkenAnalysis
internal import TenkenModel

/// `terminals.csv`: a row a terminal, the inventory's own columns first.
struct TerminalsCSV {
  private static let own = ["id", "address", "port", "site", "platform", "role", "owner", "tags", "root"]
  private static let assessed = [
    "state", "outcome", "reason", "not_seen", "attempts", "last_contact", "last_inspection", "failed", "unanswered",
    "contact_findings", "flow_findings", "excepted", "host_key_type", "host_key", "host_key_standing",
  ]

  private let report: Report
  private let provenance: CSVProvenance
  private let labels: [String]
  private let checks: [String]

  init(_ report: Report) {
    self.report = report
    provenance = CSVProvenance(of: report, rows: report.terminals.count)
    labels = Self.labels(of: report)
    checks = Set(report.terminals.flatMap { report.assessment.terminals[$0].answers.map(\.check.rawValue) }).sorted()
  }

  func render(to sink: inout some ReportSink) {
    sink.write(CSVRow.byteOrderMark)
    var heads = CSVRow()
    heads.add(Self.own + labels.map(Self.head) + Self.assessed + checks.map { "check:\($0)" })
    provenance.addHeads(to: &heads)
    sink.write(heads)
    for (number, index) in report.terminals.enumerated() { sink.write(row(index, number: number + 1)) }
  }

  private func row(_ index: Int, number: Int) -> CSVRow {
    let terminal = report.inventory.terminals[index]
    let assessed = report.assessment.terminals[index]
    var row = CSVRow()
    row.add([terminal.id.rawValue, terminal.address, "\(terminal.port)", terminal.site.rawValue, terminal.platform])
    row.add([terminal.role, terminal.owner, terminal.tags.joined(separator: " "), terminal.root ?? ""])
    for name in labels { row.add(terminal.labels.first { $0.name == name }?.value ?? "") }
    add(assessed, to: &row)
    for check in checks { row.add(assessed.answers.first { $0.check.rawValue == check }?.word ?? "") }
    provenance.add(to: &row, number: number)
    return row
  }

  private func add(_ assessed: TerminalAssessment, to row: inout CSVRow) {
    row.add([assessed.state.rawValue, assessed.outcome.rawValue, assessed.reason, assessed.gap?.word ?? ""])
    row.add(assessed.attempts)
    row.add([assessed.lastContact?.upperBound.description ?? "", assessed.lastInspection?.description ?? ""])
    row.add(assessed.failed.map(\.check.rawValue).joined(separator: " "))
    row.add(assessed.unanswered.map(\.check.rawValue).joined(separator: " "))
    for source in ["contact", "flow"] {
      row.add(assessed.open.filter { $0.subject.source == source }.map(\.subject.id).joined(separator: " "))
    }
    row.add(assessed.excepted.map { "\($0.finding.subject.id) \($0.terms)" }.joined(separator: "; "))
    row.add([assessed.hostKey?.type ?? "", assessed.hostKey?.fingerprint ?? ""])
    row.add(assessed.hostKey?.standing.rawValue ?? "")
  }

  /// Every further column of the inventory, in the order in which they are met.
  private static func labels(of report: Report) -> [String] {
    var names: [String] = []
    var met: Set<String> = []
    for index in report.terminals {
      for label in report.inventory.terminals[index].labels where met.insert(label.name).inserted {
        names.append(label.name)
      }
    }
    return names
  }

  /// The inventory's own name, unless this file has a column of that name itself.
  private static func head(_ label: String) -> String {
    (own + assessed + ["row", "rows"]).contains(label) ? "label:\(label)" : label
  }
}
