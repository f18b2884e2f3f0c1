/// What a sweep knows of one terminal of its inventory, as the journal tells it: every listed terminal has one.
package struct TerminalRecord: Sendable {
  package let terminal: ID<Terminal>
  /// `excluded` and `pending` included.
  package let outcome: Outcome
  package let reason: String
  package let attempts: Int
  /// The last attempt; `nil` where there was none. Its observations carry no raw bytes.
  package let last: Attempt?
  /// Failures that earlier attempts of the sweep saw and the last one did not answer to, the latest of each check:
  /// what was seen once stays seen, however the last contact ended. No raw bytes.
  package let earlierFailures: [Observation]

  package init(
    terminal: ID<Terminal>, outcome: Outcome, reason: String, attempts: Int, last: Attempt?,
    earlierFailures: [Observation] = []
  ) {
    self.terminal = terminal
    self.outcome = outcome
    self.reason = reason
    self.attempts = attempts
    self.last = last
    self.earlierFailures = earlierFailures
  }
}
