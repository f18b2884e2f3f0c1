internal import TenkenAnalysis
package import TenkenModel

/// The findings of a sweep, the worst first: for a screen, or a JSON line for each terminal (or site) behind one.
package struct FindingsPage {
  private let report: Report
  private let findings: [Finding]

  /// - Parameter severity: the least that is shown.
  package init(_ report: Report, atLeast severity: Severity) {
    self.report = report
    findings = report.findings.filter { $0.severity >= severity }
  }

  package var text: String {
    let remarks = Provenance.remarks(on: report).map { "\($0)\n" }
    guard !findings.isEmpty else { return (remarks + ["nothing was found\n"]).joined() }
    return (remarks + findings.map(text)).joined()
  }

  private func text(of finding: Finding) -> String {
    let head =
      "\(finding.severity.rawValue)  \(report.headline(of: finding.subject).escapedForPeople()) [\(finding.id)]"
    let sightings = finding.sightings.map { sighting in
      let terminal = report.inventory.terminals[sighting.terminal]
      return "  \(terminal.id) (\(terminal.site)): \(sighting.message.escapedForPeople(maxLength: 300))"
    }
    let places = finding.places.map { "  before \($0.site): \($0.message.escapedForPeople(maxLength: 300))" }
    return ([head] + sightings + places).joined(separator: "\n") + "\n"
  }

  package var jsonLines: String {
    findings.map { finding in
      let sightings = finding.sightings.map { sighting in
        let terminal = report.inventory.terminals[sighting.terminal]
        return line(finding, site: terminal.site, terminal: terminal, message: sighting.message)
      }
      let places = finding.places.map { line(finding, site: $0.site, terminal: nil, message: $0.message) }
      return (sightings + places).joined()
    }.joined()
  }

  private func line(_ finding: Finding, site: ID<Site>, terminal: Terminal?, message: String) -> String {
    var line = JSONObject()
    line.set("event", "finding")
    line.set("sweep", report.manifest.id.rawValue)
    line.set("transport", report.manifest.scope.transport.rawValue)
    line.set("severity", finding.severity.rawValue)
    line.set("source", finding.subject.source)
    line.set("finding", finding.id)
    line.set("title", report.title(of: finding.subject))
    line.set("terminal", terminal?.id.rawValue)
    line.set("site", site.rawValue)
    line.set("address", terminal?.address)
    line.set("message", message)
    return String(decoding: line.line, as: UTF8.self)
  }
}
