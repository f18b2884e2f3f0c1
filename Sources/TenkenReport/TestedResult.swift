internal import TenkenAnalysis
internal import TenkenModel

/// What became of one rule on one terminal, for formats made for test results. Every rule of the report has exactly one
/// on every terminal: what was not seen is told as such.
struct TestedResult {
  enum Answer: Hashable {
    case result(CheckResult)
    /// Due, and nothing was heard of it.
    case missing
    /// Not due on this terminal.
    case notSelected
  }

  let rule: TestedRule
  let answer: Answer
  /// As the terminal sent it: whoever shows it escapes it.
  let message: String
}

extension Report {
  /// The checks that have results here, sorted: those of the sweep, and whatever was heard of beside the plan.
  func testedChecks(at site: SiteAssessment) -> [ID<Check>] {
    var checks = Set(assessment.checks)
    for index in site.terminals { checks.formUnion(assessment.terminals[index].answers.lazy.map(\.check)) }
    return checks.sorted()
  }

  /// A result for each of the rules of the contact, of the flows and each of the checks, in this order.
  func testedResults(of index: Int, checks: [ID<Check>]) -> [TestedResult] {
    let terminal = assessment.terminals[index]
    return [contact(terminal)] + ContactFinding.allCases.map { contact(terminal, $0) }
      + (assessment.flows.isAsked ? FlowFinding.allCases.map { flow(terminal, $0) } : [])
      + results(of: terminal, checks: checks)
  }

  private func contact(_ terminal: TerminalAssessment) -> TestedResult {
    let answer: TestedResult.Answer =
      switch terminal.outcome {
      case .inspected: .result(terminal.gap == .noIntegrityCheck ? .unknown : .pass)
      case .pending, .excluded: .result(.notChecked)
      case .partial, .unreachable, .unsupported, .hostKeyUnknown, .hostKeyMismatch, .authFailed, .timedOut, .hostile:
        .result(.error)
      }
    let message =
      switch terminal.gap {
      case .noIntegrityCheck: "no check of integrity said pass or fail"
      case .outcome: Self.message(of: terminal)
      case .unanswered, nil: ""
      }
    return TestedResult(rule: .contact, answer: answer, message: message)
  }

  private func contact(_ terminal: TerminalAssessment, _ finding: ContactFinding) -> TestedResult {
    if let open = terminal.open.first(where: { $0.subject == .contact(finding) }) {
      return TestedResult(rule: .contactFinding(finding), answer: .result(.fail), message: open.message)
    }
    let wasIn = terminal.outcome == .inspected || terminal.outcome == .partial
    // Of a key that nobody saw nothing can be said; a peer that broke the protocol would not have been inspected.
    let wasSeen = wasIn && (finding == .hostile || terminal.hostKey != nil)
    return TestedResult(
      rule: .contactFinding(finding), answer: .result(wasSeen ? .pass : .notChecked),
      message: wasSeen ? "" : wasIn ? "no host key was seen" : Self.message(of: terminal))
  }

  private func flow(_ terminal: TerminalAssessment, _ finding: FlowFinding) -> TestedResult {
    let rule = TestedRule.flowFinding(finding)
    if let open = terminal.open.first(where: { $0.subject == .flow(finding) }) {
      return TestedResult(rule: rule, answer: .result(.fail), message: open.message)
    }
    if assessment.flows.policy == nil, finding != .denied {
      return TestedResult(rule: rule, answer: .result(.notChecked), message: "the inventory has no flow policy")
    }
    if let doubt = assessment.flows.doubt(of: finding, on: terminal.index) {
      return TestedResult(rule: rule, answer: .result(.unknown), message: doubt)
    }
    if assessment.flows.couldTell(finding, terminal.index) {
      return TestedResult(rule: rule, answer: .result(.pass), message: "")
    }
    let why = terminal.outcome == .inspected ? "it told of no connections and no logins" : Self.message(of: terminal)
    return TestedResult(rule: rule, answer: .result(.notChecked), message: why)
  }

  private func results(of terminal: TerminalAssessment, checks: [ID<Check>]) -> [TestedResult] {
    let platform = inventory.terminals[terminal.index].platform
    let answers = Dictionary(grouping: terminal.answers, by: \.check)
    return checks.map { id in
      if let worst = answers[id]?.max(by: { $0.badness < $1.badness }) {
        return TestedResult(
          rule: .check(id), answer: worst.result.map { .result($0) } ?? .missing, message: worst.message)
      }
      guard terminal.answers.isEmpty, check(id)?.platforms.contains(platform) == true else {
        return TestedResult(rule: .check(id), answer: .notSelected, message: "")
      }
      return TestedResult(rule: .check(id), answer: .result(.notChecked), message: Self.message(of: terminal))
    }
  }

  private static func message(of terminal: TerminalAssessment) -> String {
    terminal.reason.isEmpty ? terminal.outcome.rawValue : "\(terminal.outcome.rawValue): \(terminal.reason)"
  }
}

extension CheckAnswer {
  /// Where a check was heard of twice, the worse one counts.
  fileprivate var badness: Int {
    switch result {
    case .fail: 7
    case .error: 6
    case nil: 5
    case .unknown: 4
    case .notChecked: 3
    case .informational: 2
    case .notApplicable: 1
    case .pass: 0
    }
  }
}
