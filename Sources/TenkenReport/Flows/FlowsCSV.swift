internal import TenkenAnalysis
internal import TenkenModel

/// `flows.csv`: a row a flow, the worst first, and last how many there are: none is a result too.
struct FlowsCSV {
  private let report: Report
  private let flows: [Flow]
  private let provenance: CSVProvenance

  init(_ report: Report) {
    self.report = report
    flows = report.assessment.flows.touching(Set(report.sites.map(\.site.id)), in: report.inventory).flows
    provenance = CSVProvenance(of: report, rows: flows.count + 1)
  }

  func render(to sink: inout some ReportSink) {
    sink.write(CSVRow.byteOrderMark)
    var heads = CSVRow()
    heads.add(["verdict", "from_site", "from_address", "from_terminal", "to_site", "to_address", "to_terminal"])
    heads.add(["protocol", "port", "direction", "evidence", "detail", "count", "last_seen", "told_by", "other_end"])
    provenance.addHeads(to: &heads)
    sink.write(heads)
    for (number, flow) in flows.enumerated() { sink.write(row(flow, number: number + 1)) }
    var total = CSVRow()
    total.add(["total"] + Array(repeating: "", count: 11) + ["\(flows.count)", "", "", ""])
    provenance.add(to: &total, number: flows.count + 1)
    sink.write(total)
  }

  private func row(_ flow: Flow, number: Int) -> CSVRow {
    var row = CSVRow()
    row.add(flow.verdict.rawValue)
    for end in [flow.from, flow.to] {
      row.add([end.zone.name, end.address, end.terminal.map { report.inventory.terminals[$0].id.rawValue } ?? ""])
    }
    row.add([flow.layer.rawValue, flow.port.map { "\($0)" } ?? "", flow.isDirected ? "known" : "unknown"])
    row.add([flow.evidence.rawValue, flow.detail, "\(flow.count)", flow.last.description])
    row.add([report.inventory.terminals[flow.observer].id.rawValue, flow.echo.rawValue])
    provenance.add(to: &row, number: number)
    return row
  }
}
