package import TenkenModel

/// What one sweep comes to for one terminal.
package struct TerminalAssessment: Sendable {
  /// Why a terminal was not wholly seen. Such a terminal is `undetermined`, unless something worse is known of it.
  package enum Gap: Sendable, Hashable {
    /// The contact did not end `inspected`.
    case outcome(Outcome)
    /// Inspected, but some check did not answer.
    case unanswered
    /// Inspected, but no check of class integrity said pass or fail: there is none for its platform.
    case noIntegrityCheck
  }

  /// Into the inventory's terminals.
  package let index: Int
  package let outcome: Outcome
  package private(set) var reason: String
  package let attempts: Int
  /// The last attempt; `nil` where there was none.
  package let lastContact: ClosedRange<Timestamp>?
  package let hostKey: HostKeyEvidence?
  /// One a planned check, in the order of their ids; empty where no run began.
  package let answers: [CheckAnswer]
  package let gap: Gap?
  package private(set) var open: [OpenFinding]
  /// Failures that somebody answers for: neither open nor well.
  package let excepted: [ExceptedFinding]
  package private(set) var state: TerminalState

  init(
    index: Int, record: TerminalRecord, answers: [CheckAnswer], gap: Gap?, open: [OpenFinding],
    excepted: [ExceptedFinding] = []
  ) {
    self.index = index
    outcome = record.outcome
    reason = record.reason
    attempts = record.attempts
    lastContact = record.last.map { $0.started...max($0.started, $0.ended) }
    hostKey = record.last?.hostKey
    self.answers = answers
    self.gap = gap
    self.open = open
    self.excepted = excepted
    state = Self.state(of: open, gap: gap, excepted: excepted)
  }

  /// Adds what only the whole fleet could show.
  mutating func open(_ finding: OpenFinding) {
    open.append(finding)
    state = Self.state(of: open, gap: gap, excepted: excepted)
  }

  /// Says why nobody has contacted it yet; what an attempt said stays.
  mutating func wait(for hold: SiteHold) {
    if attempts == 0 { reason = "not contacted: \(hold.condition.cause)" }
  }

  package var failed: [CheckAnswer] { answers.filter { $0.result == .fail } }
  package var unanswered: [CheckAnswer] { answers.filter(\.isOpen) }

  /// When its checks last ran, whether or not all of them answered.
  package var lastInspection: Timestamp? {
    outcome == .inspected || outcome == .partial ? lastContact?.upperBound : nil
  }

  /// What is known to be bad counts first, then what is not known, and only then what is known to be good.
  private static func state(of open: [OpenFinding], gap: Gap?, excepted: [ExceptedFinding]) -> TerminalState {
    if open.contains(where: { $0.severity == .critical && $0.isIntegrity }) { return .suspect }
    if open.contains(where: { $0.severity >= .high }) { return .unsound }
    if gap != nil { return .undetermined }
    if excepted.contains(where: { $0.finding.severity > .info }) { return .excepted }
    return open.contains { $0.severity > .info } ? .observations : .sound
  }
}
