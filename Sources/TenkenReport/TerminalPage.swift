internal import TenkenAnalysis
package import TenkenModel

/// Everything that one sweep knows of one terminal, for a screen.
package struct TerminalPage {
  private let report: Report
  private let terminal: Terminal
  private let assessed: TerminalAssessment
  private let record: TerminalRecord
  private let attempts: [Attempt]
  /// One check; `nil` for all of them.
  private let only: ID<Check>?

  /// - Parameters:
  ///   - report: of the whole sweep.
  ///   - terminal: its index in the inventory.
  package init(
    _ report: Report, terminal: Int, record: TerminalRecord, attempts: [Attempt], only: ID<Check>? = nil
  ) {
    self.report = report
    self.terminal = report.inventory.terminals[terminal]
    assessed = report.assessment.terminals[terminal]
    self.record = record
    self.attempts = attempts
    self.only = only
  }

  package var text: String {
    var page = ScreenPage(width: 80, colour: false)
    page.sweep(report.manifest, more: "  began \(report.manifest.started.forPeople)")
    page.remarks(on: report, specimens: false)
    if let root = terminal.root { page.paragraph("SPECIMEN: its checks look at \(root), not at it", .bold) }
    return page.text + (identity + findings + exceptions + history + observations).map { $0 + "\n" }.joined()
  }

  private var identity: [String] {
    let reason = assessed.reason.escapedForPeople(maxLength: 500)
    var lines = [
      "\(terminal.id)  \(terminal.address):\(terminal.port)  site \(terminal.site)  \(terminal.platform)",
      "state  \(assessed.state.rawValue)", "outcome  \(record.outcome.rawValue)\(reason.isEmpty ? "" : ": \(reason)")",
    ]
    let about = [("role", terminal.role), ("owner", terminal.owner), ("tags", terminal.tags.joined(separator: " "))]
    lines += (about + terminal.labels.map { ($0.name, $0.value) }).filter { !$0.1.isEmpty }
      .map { "\($0.0)  \($0.1)".escapedForPeople() }
    return lines
  }

  /// What no check said; what checks found stands with them.
  private var findings: [String] {
    assessed.open.filter { $0.subject.source != "check" }.map { finding in
      "\(finding.severity.rawValue)  \(finding.subject.id)  \(finding.message)".escapedForPeople(maxLength: 500)
    }
  }

  private var exceptions: [String] {
    assessed.excepted.map { excepted in
      "excepted  \(excepted.finding.subject.id) \(excepted.terms)"
        .escapedForPeople(maxLength: 500)
    }
  }

  private var history: [String] { attempts.flatMap(lines) }

  private func lines(_ attempt: Attempt) -> [String] {
    let took = attempt.ended.elapsed(since: attempt.started).forPeople
    var lines = [
      "", "attempt \(attempt.number)  \(attempt.started.forPeople)  took \(took)  \(attempt.outcome.rawValue)",
    ]
    if !attempt.reason.isEmpty { lines.append("  \(attempt.reason.escapedForPeople(maxLength: 500))") }
    if let dialled = attempt.dialled { lines.append("  dialled \(dialled.escapedForPeople())") }
    if let key = attempt.hostKey {
      lines.append("  host key \(key.type) \(key.fingerprint) (\(key.standing.rawValue))".escapedForPeople())
    }
    return lines
  }

  private var observations: [String] {
    ((record.last?.observations ?? []) + record.earlierFailures)
      .filter { only == nil || $0.check == only }.flatMap(lines)
  }

  private func lines(_ observation: Observation) -> [String] {
    let title = report.check(observation.check).map { "  \($0.title) (\($0.severity.rawValue))" } ?? ""
    var lines = ["", "\(observation.check)  \(observation.result.rawValue)\(title.escapedForPeople())"]
    if !observation.message.isEmpty { lines.append("  \(observation.message.escapedForPeople(maxLength: 600))") }
    for fact in observation.facts {
      lines.append("  \(fact.name)  \(fact.values.map { $0.escapedForPeople() }.joined(separator: "  "))")
    }
    return lines
  }
}
