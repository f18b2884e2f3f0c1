/// What a sweep knows of one terminal of its inventory, as the journal tells it: every listed terminal has one.
package struct TerminalRecord: Sendable {
  package let terminal: ID<Terminal>
  /// `excluded` and `pending` included.
  package let outcome: Outcome
  package let reason: String
  package let attempts: Int
  /// The last attempt; `nil` where there was none. Its observations carry no raw bytes.
  package let last: Attempt?
  /// Checks that failed in an earlier attempt of the sweep and not in the last one, the latest of each: what was seen
  /// once stays seen, whatever the last contact brought. No raw bytes.
  package let earlierFailures: [Observation]
  /// Earlier attempts that met another host key than recorded, or a peer that broke the protocol. No observations.
  package let earlierAlarms: [Attempt]
  /// Earlier attempts with what checks told in facts that the last one did not answer, the latest of each; no raw bytes.
  package let earlierAnswers: [Attempt]

  package init(
    terminal: ID<Terminal>, outcome: Outcome, reason: String, attempts: Int, last: Attempt?,
    earlierFailures: [Observation] = [], earlierAlarms: [Attempt] = [],
    earlierAnswers: [Attempt] = []
  ) {
    self.terminal = terminal
    self.outcome = outcome
    self.reason = reason
    self.attempts = attempts
    self.last = last
    self.earlierFailures = earlierFailures
    self.earlierAlarms = earlierAlarms
    self.earlierAnswers = earlierAnswers
  }
}
