package import TenkenModel

/// Everything known of one terminal, for a screen.
package struct TerminalPage {
  private let terminal: Terminal
  private let record: TerminalRecord
  private let attempts: [Attempt]
  private let catalogue: Catalogue
  /// One check; `nil` for all of them.
  private let only: ID<Check>?

  package init(
    terminal: Terminal, record: TerminalRecord, attempts: [Attempt], catalogue: Catalogue, only: ID<Check>? = nil
  ) {
    self.terminal = terminal
    self.record = record
    self.attempts = attempts
    self.catalogue = catalogue
    self.only = only
  }

  package var text: String { (identity + history + observations).map { $0 + "\n" }.joined() }

  private var identity: [String] {
    var lines = [
      "\(terminal.id)  \(terminal.address):\(terminal.port)  site \(terminal.site)  \(terminal.platform)",
      "outcome  \(record.outcome.rawValue)\(record.reason.isEmpty ? "" : ": \(record.reason.escapedForPeople())")",
    ]
    let about = [("role", terminal.role), ("owner", terminal.owner), ("tags", terminal.tags.joined(separator: " "))]
    lines += (about + terminal.labels.map { ($0.name, $0.value) }).filter { !$0.1.isEmpty }
      .map { "\($0.0)  \($0.1)".escapedForPeople() }
    if let root = terminal.root { lines.append("SPECIMEN: its checks look at \(root.escapedForPeople()), not at it") }
    return lines
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
    guard let last = record.last else { return [] }
    return last.observations.filter { only == nil || $0.check == only }.flatMap(lines)
  }

  private func lines(_ observation: Observation) -> [String] {
    let title = catalogue[observation.check].map { "  \($0.title) (\($0.severity.rawValue))" } ?? ""
    var lines = ["", "\(observation.check)  \(observation.result.rawValue)\(title.escapedForPeople())"]
    if !observation.message.isEmpty { lines.append("  \(observation.message.escapedForPeople(maxLength: 600))") }
    for fact in observation.facts {
      lines.append("  \(fact.name)  \(fact.values.map { $0.escapedForPeople() }.joined(separator: "  "))")
    }
    return lines
  }
}
