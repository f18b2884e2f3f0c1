package import TenkenModel

/// The double-entry account of some terminals: each is in exactly one state and has exactly one outcome, so that both
/// columns sum to what is listed. Accounts of parts add up to the account of the whole; nothing is ever averaged.
package struct Account: Sendable, Hashable {
  package private(set) var states: [TerminalState: Int] = [:]
  package private(set) var outcomes: [Outcome: Int] = [:]
  /// Terminals of the inventory, whatever became of them.
  package private(set) var listed = 0
  /// Terminals on which something was not seen, those with an open finding among them too.
  package private(set) var withGap = 0
  /// The worst that gateways brought to light which are passed on the way to them; `nil` for nothing.
  package private(set) var alarm: Severity?

  package init() {}

  package init(_ terminals: some Sequence<TerminalAssessment>) {
    for terminal in terminals { add(terminal) }
  }

  /// - Parameter findings: those that are on no terminal.
  init(_ terminals: some Sequence<TerminalAssessment>, raisedBy findings: [Finding]) {
    self.init(terminals)
    for finding in findings { raise(finding.severity) }
  }

  package subscript(_ state: TerminalState) -> Int { states[state] ?? 0 }
  package subscript(_ outcome: Outcome) -> Int { outcomes[outcome] ?? 0 }

  package mutating func add(_ terminal: TerminalAssessment) {
    states[terminal.state, default: 0] += 1
    outcomes[terminal.outcome, default: 0] += 1
    listed += 1
    if terminal.gap != nil { withGap += 1 }
  }

  /// Something that is on no terminal: it makes the whole no better than one that had it.
  package mutating func raise(_ severity: Severity) { alarm = max(alarm ?? severity, severity) }

  package static func + (left: Account, right: Account) -> Account {
    var sum = left
    sum.states.merge(right.states, uniquingKeysWith: +)
    sum.outcomes.merge(right.outcomes, uniquingKeysWith: +)
    sum.listed += right.listed
    sum.withGap += right.withGap
    if let alarm = right.alarm { sum.raise(alarm) }
    return sum
  }

  /// The worst case, with no threshold: one terminal decides. Nothing inspected is no rating, unless something worse
  /// than not knowing is known (a host key that does not match needs no inspection).
  package var soundness: Soundness {
    if self[.suspect] > 0 || alarm == .critical { return .suspect }
    if self[.unsound] > 0 || alarm ?? .info >= .high { return .unsound }
    if self[.inspected] == 0 { return .noRating }
    if self[.undetermined] > 0 { return .undetermined }
    return self[.observations] + self[.excepted] > 0 ? .observations : .sound
  }

  package var soundShare: SoundShare {
    SoundShare(least: self[.sound], most: self[.sound] + self[.undetermined], of: listed)
  }
}
