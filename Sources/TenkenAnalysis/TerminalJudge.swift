internal import TenkenModel

/// Judges one terminal by its own record: which planned checks answered, what is open, what was not seen.
struct TerminalJudge {
  private let checks: [ID<Check>: Check]
  private let planned: PlannedChecks
  /// Planned once, and not any more.
  private let retired: Set<ID<Check>>
  private let waivers: [Waiver]
  private let sites: [ID<Site>: Site]

  /// - Parameter catalogue: what a check was that nobody is given any more: what it found stays found.
  init(
    checks: [Check], retired: [Check] = [], catalogue: [Check] = [], planned: PlannedChecks, in inventory: Inventory
  ) {
    self.checks = Dictionary(
      (checks + retired + catalogue).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.retired = Set(retired.map(\.id)).subtracting(checks.map(\.id))
    self.planned = planned
    waivers = inventory.waivers
    sites = Dictionary(inventory.sites.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func assess(_ record: TerminalRecord, of terminal: Terminal, index: Int) -> TerminalAssessment {
    let observations = (record.last?.observations ?? []) + record.earlierFailures
    let hasRun = record.outcome == .inspected || record.outcome == .partial || !observations.isEmpty
    let answers = hasRun ? answers(in: observations, planned: planned[index]) : []
    let failures = failures(in: answers)
    let excepted = failures.compactMap { exception(to: $0, on: terminal, seen: record) }
    let waived = Set(excepted.map(\.finding))
    return TerminalAssessment(
      index: index, record: record, answers: answers, gap: gap(record.outcome, answers),
      open: contactFindings(record) + failures.filter { !waived.contains($0) }, excepted: excepted)
  }

  /// By the time at which it was seen, so that a sweep comes to the same whenever it is looked at.
  private func exception(
    to finding: OpenFinding, on terminal: Terminal, seen record: TerminalRecord
  ) -> ExceptedFinding? {
    guard case .check(let check) = finding.subject, let time = record.last?.ended else { return nil }
    let waiver = waivers.first { $0.covers(check, on: terminal, of: sites[terminal.site], at: time) }
    return waiver.map { ExceptedFinding(finding: finding, waiver: $0) }
  }

  /// Every planned check, heard of or not, and then whatever was heard of beside the plan.
  private func answers(in observations: [Observation], planned: [ID<Check>]) -> [CheckAnswer] {
    let heard = Dictionary(grouping: observations, by: \.check)
    var answers: [CheckAnswer] = []
    for check in planned {
      let said = heard[check] ?? []
      if said.isEmpty { answers.append(CheckAnswer(check: check, result: nil, message: "no result came back")) }
      for one in said { answers.append(CheckAnswer(check: check, result: one.result, message: one.message)) }
    }
    let known = Set(planned)
    for stray in observations where !known.contains(stray.check) { answers += self.answers(to: stray) }
    return answers
  }

  /// A result that nobody planned leaves the terminal undetermined, and a failure among them still counts.
  private func answers(to stray: Observation) -> [CheckAnswer] {
    if retired.contains(stray.check) {
      return [CheckAnswer(check: stray.check, result: stray.result, message: stray.message)]
    }
    let unplanned = CheckAnswer(
      check: stray.check, result: nil, message: "\(stray.result.rawValue), but not planned for this terminal")
    guard stray.result == .fail else { return [unplanned] }
    return [unplanned, CheckAnswer(check: stray.check, result: .fail, message: stray.message)]
  }

  private func gap(_ outcome: Outcome, _ answers: [CheckAnswer]) -> TerminalAssessment.Gap? {
    if outcome != .inspected { return .outcome(outcome) }
    if answers.contains(where: \.isOpen) { return .unanswered }
    let decided = answers.contains { answer in
      (answer.result == .pass || answer.result == .fail) && checks[answer.check]?.checkClass == .integrity
    }
    return decided ? nil : .noIntegrityCheck
  }

  private func failures(in answers: [CheckAnswer]) -> [OpenFinding] {
    answers.compactMap { answer in
      guard answer.result == .fail, let check = checks[answer.check] else { return nil }
      return OpenFinding(check, message: answer.message)
    }
  }

  /// What the last contact brought, and what earlier ones brought beside it: whoever steps aside before the next
  /// attempt was there all the same.
  private func contactFindings(_ record: TerminalRecord) -> [OpenFinding] {
    let last = record.last.map(Self.alarms) ?? []
    var found = last.map { OpenFinding($0, message: Self.evidence(record.last, for: $0)) }
    for attempt in record.earlierAlarms.reversed() {
      for alarm in Self.alarms(attempt) where !found.contains(where: { $0.subject == .contact(alarm) }) {
        found.append(
          OpenFinding(alarm, message: "in attempt \(attempt.number): \(Self.evidence(attempt, for: alarm))"))
      }
    }
    return found
  }

  private static func alarms(_ attempt: Attempt) -> [ContactFinding] {
    var found: [ContactFinding] = []
    let standing = attempt.hostKey?.standing
    if standing == .revoked {
      found.append(.hostKeyRevoked)
    } else if attempt.outcome == .hostKeyMismatch || standing == .mismatch {
      found.append(.hostKeyMismatch)
    }
    if attempt.outcome == .hostile { found.append(.hostile) }
    if standing == .unknown, attempt.outcome == .inspected || attempt.outcome == .partial {
      found.append(.identityUnproven)
    }
    return found
  }

  private static func evidence(_ attempt: Attempt?, for finding: ContactFinding) -> String {
    let reason = finding == .identityUnproven || attempt?.reason.isEmpty != false ? nil : attempt?.reason
    let offered = attempt?.hostKey.flatMap { key in
      reason?.contains(key.fingerprint) == true ? nil : "it offered \(key.type) \(key.fingerprint)"
    }
    return [reason, finding == .hostile ? nil : offered].compactMap { $0 }.joined(separator: "; ")
  }
}
