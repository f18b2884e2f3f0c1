internal import TenkenAnalysis
internal import TenkenModel

/// `findings.csv`: a row for each finding on each terminal, the worst finding first.
struct FindingsCSV {
  private let report: Report
  private let provenance: CSVProvenance

  init(_ report: Report) {
    self.report = report
    provenance = CSVProvenance(of: report, rows: report.findings.reduce(0) { $0 + $1.sightings.count })
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
    }
  }

  private func row(_ finding: Finding, _ sighting: Finding.Sighting, number: Int) -> CSVRow {
    let terminal = report.inventory.terminals[sighting.terminal]
    let assessed = report.assessment.terminals[sighting.terminal]
    var row = CSVRow()
    row.add([finding.severity.rawValue, report.className(of: finding.subject), finding.subject.source, finding.id])
    row.add([report.title(of: finding.subject), report.attack(of: finding.subject).joined(separator: " ")])
    row.add([terminal.id.rawValue, terminal.site.rawValue, terminal.address])
    row.add([assessed.state.rawValue, assessed.outcome.rawValue, sighting.message])
    provenance.add(to: &row, number: number)
    return row
  }
}
