internal import TenkenAnalysis
internal import TenkenModel

/// `findings.csv`: a row for each finding on each terminal, the worst finding first.
struct FindingsCSV {
  private let report: Report
  private let provenance: CSVProvenance

  init(_ report: Report) {
    self.report = report
    provenance = CSVProvenance(of: report, rows: report.findings.reduce(0) { $0 + $1.count })
  }

  func render(to sink: inout some ReportSink) {
    sink.write(CSVRow.byteOrderMark)
    var heads = CSVRow()
    heads.add(["severity", "class", "source", "finding", "title", "attack", "terminal", "site", "address"])
    heads.add(["state", "outcome", "message"])
    provenance.addHeads(to: &heads)
    sink.write(heads)
    var number = 0
    for finding in report.findings {
      for sighting in finding.sightings {
        number += 1
        sink.write(row(finding, sighting, number: number))
      }
      for place in finding.places {
        number += 1
        sink.write(row(finding, place, number: number))
      }
    }
  }

  /// Of a gateway: the columns of a terminal stay empty, but for its address.
  private func row(_ finding: Finding, _ place: Finding.Place, number: Int) -> CSVRow {
    var row = row(about: finding)
    row.add(["", place.site.rawValue, address(of: finding.subject), "", "", place.message])
    provenance.add(to: &row, number: number)
    return row
  }

  private func row(_ finding: Finding, _ sighting: Finding.Sighting, number: Int) -> CSVRow {
    let terminal = report.inventory.terminals[sighting.terminal]
    let assessed = report.assessment.terminals[sighting.terminal]
    var row = row(about: finding)
    row.add([terminal.id.rawValue, terminal.site.rawValue, terminal.address])
    row.add([assessed.state.rawValue, assessed.outcome.rawValue, sighting.message])
    provenance.add(to: &row, number: number)
    return row
  }

  private func row(about finding: Finding) -> CSVRow {
    var row = CSVRow()
    row.add([finding.severity.rawValue, report.className(of: finding.subject), finding.subject.source, finding.id])
    row.add([report.title(of: finding.subject), report.attack(of: finding.subject).joined(separator: " ")])
    return row
  }

  private func address(of subject: Finding.Subject) -> String {
    guard case .gateway(let id, _) = subject else { return "" }
    return report.inventory.gateways.first { $0.id == id }?.address ?? ""
  }
}
