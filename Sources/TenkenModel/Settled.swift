/// What an interrupted sweep has already: the journal's answer to the planner's question, as a plain value.
package struct Settled: Sendable {
  /// Terminals that need no further contact, with their final outcome.
  package var final: [ID<Terminal>: Outcome]
  /// Terminals whose last recorded attempt announced another one, with the number of attempts made.
  package var attempts: [ID<Terminal>: Int]
  /// Terminals among those of `attempts` whose last one announced the system's ssh, with what it said.
  package var unsupported: [ID<Terminal>: String]
  /// Terminals that were left out when the sweep began, with the reason: a selection is resolved once.
  package var excluded: [ID<Terminal>: String]

  package init(
    final: [ID<Terminal>: Outcome] = [:], attempts: [ID<Terminal>: Int] = [:],
    unsupported: [ID<Terminal>: String] = [:], excluded: [ID<Terminal>: String] = [:]
  ) {
    self.final = final
    self.attempts = attempts
    self.unsupported = unsupported
    self.excluded = excluded
  }

  /// With those terminals to be contacted again whose outcome is one of these.
  ///
  /// - Parameters:
  ///   - made: how many attempts were made on each.
  ///   - gone: those that are not to be contacted any more, whatever their outcome.
  package func reopening(
    _ outcomes: Set<Outcome>, attempts made: [ID<Terminal>: Int], except gone: Set<ID<Terminal>> = []
  ) -> Settled {
    var reopened = self
    for (terminal, outcome) in final where outcomes.contains(outcome) && !gone.contains(terminal) {
      reopened.final[terminal] = nil
      reopened.attempts[terminal] = made[terminal] ?? 1
    }
    return reopened
  }
}
