package import TenkenAnalysis
package import TenkenModel

/// One finding on one terminal, told as soon as it is on the disk: a JSON line, or a line for people. The fields are
/// documented in docs/json-events.md.
package struct FindingNotice: Sendable {
  package let severity: Severity
  private let finding: OpenFinding
  private let sweep: ID<SweepManifest>
  private let transport: Scope.Transport
  private let title: String
  private let site: ID<Site>
  private let address: String
  private let attempt: Attempt

  package init(
    _ finding: OpenFinding, title: String, of attempt: Attempt, on terminal: Terminal, in sweep: ID<SweepManifest>,
    over transport: Scope.Transport
  ) {
    severity = finding.severity
    self.finding = finding
    self.sweep = sweep
    self.transport = transport
    self.title = title
    site = terminal.site
    address = terminal.address
    self.attempt = attempt
  }

  /// With its line feed.
  package var jsonLine: [UInt8] {
    var line = JSONObject()
    line.set("event", "finding")
    line.set("sweep", sweep.rawValue)
    line.set("transport", transport.rawValue)
    line.set("severity", severity.rawValue)
    line.set("source", finding.subject.source)
    line.set("finding", finding.subject.id)
    line.set("title", title)
    line.set("terminal", attempt.terminal.rawValue)
    line.set("site", site.rawValue)
    line.set("address", address)
    line.set("attempt", attempt.number)
    line.set("outcome", attempt.outcome.rawValue)
    line.set("message", finding.message)
    line.set("recorded", attempt.ended.description)
    return line.line
  }

  /// `2026-11-24 05:30:00 UTC  critical  jkt-0004 (jakarta)  access.keys: a key was found`.
  package var text: String {
    let words = [
      attempt.ended.forPeople, severity.rawValue, "\(attempt.terminal) (\(site))",
      "\(finding.subject.id): \(finding.message.escapedForPeople(maxLength: 300))",
    ]
    return words.joined(separator: "  ") + "\n"
  }
}
