internal import TenkenAnalysis
package import TenkenModel
internal import TenkenReport

/// Tells the findings of attempts as they are recorded.
package struct FindingWatch: Sendable {
  private let inventory: Inventory
  private let sweep: ID<SweepManifest>
  private let transport: Scope.Transport
  private let titles: [ID<Check>: String]
  private let judge: AttemptJudge

  init(_ inventory: Inventory, checks: [Check], sweep: ID<SweepManifest>, over transport: Scope.Transport) {
    self.inventory = inventory
    self.sweep = sweep
    self.transport = transport
    titles = Dictionary(checks.map { ($0.id, $0.title) }) { first, _ in first }
    judge = AttemptJudge(checks: checks, in: inventory)
  }

  /// Those of an event that are at least so severe, the worst first.
  package func lines(of event: SweepEvent, atLeast severity: Severity) -> [FindingLine] {
    guard case .recorded(let terminal, let attempt) = event else { return [] }
    return lines(of: attempt, on: terminal, atLeast: severity)
  }

  /// - Parameter terminal: by its index in the inventory.
  func lines(of attempt: Attempt, on terminal: Int, atLeast severity: Severity) -> [FindingLine] {
    judge.findings(of: attempt, on: inventory.terminals[terminal], index: terminal)
      .filter { $0.severity >= severity }.sorted { $0.severity > $1.severity }
      .map { finding in
        let notice = FindingNotice(
          finding, title: title(of: finding.subject), of: attempt, on: inventory.terminals[terminal], in: sweep,
          over: transport)
        return FindingLine(severity: notice.severity, json: notice.jsonLine, text: notice.text)
      }
  }

  private func title(of subject: Finding.Subject) -> String {
    switch subject {
    case .check(let id): titles[id] ?? id.rawValue
    case .contact(let contact), .gateway(_, let contact): contact.title
    case .flow(let flow): flow.title
    }
  }
}
