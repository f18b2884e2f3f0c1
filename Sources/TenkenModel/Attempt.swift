/// One contact with one terminal, judged: what the journal commits in one transaction.
package struct Attempt: Sendable, Hashable {
  package let terminal: ID<Terminal>
  package let number: Int
  package let started: Timestamp
  package let ended: Timestamp
  package let outcome: Outcome
  package let reason: String
  package let isFinal: Bool
  package let hostKey: HostKeyEvidence?
  package let dialled: String?
  package let observations: [Observation]

  package init(
    terminal: ID<Terminal>, number: Int, started: Timestamp, ended: Timestamp, outcome: Outcome, reason: String,
    isFinal: Bool, hostKey: HostKeyEvidence? = nil, dialled: String? = nil, observations: [Observation] = []
  ) {
    self.terminal = terminal
    self.number = number
    self.started = started
    self.ended = ended
    self.outcome = outcome
    self.reason = reason
    self.isFinal = isFinal
    self.hostKey = hostKey
    self.dialled = dialled
    self.observations = observations
  }
}

extension Attempt {
  /// Whether Tenken's own client could not speak to the terminal and the system's ssh comes next: nothing else leaves
  /// an `unsupported` terminal without its final outcome.
  package var isForOpenSSH: Bool { outcome == .unsupported && !isFinal }
}
