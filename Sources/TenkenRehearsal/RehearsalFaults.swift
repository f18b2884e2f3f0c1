/// How much of a rehearsed fleet goes wrong, each as a fraction of 1. Which terminals those are is the seed's matter.
package struct RehearsalFaults: Sendable, Hashable {
  /// Of terminals, in this order; together at most 1.
  package var refused: Double
  package var timedOut: Double
  package var keyUnknown: Double
  package var keyMismatch: Double
  package var authFailed: Double
  /// The link dies while the checks run.
  package var linkLost: Double
  /// Of those refused, timed out or lost: how many are well again at each further attempt.
  package var healing: Double

  /// Of answers to checks, in this order; together at most 1.
  package var failing: Double
  package var erring: Double
  package var notChecked: Double

  /// Nothing goes wrong.
  package static let none = RehearsalFaults()

  /// A fleet on an ordinary bad day: 5 % of its terminals cause trouble, and 1 % of the answers.
  package static let ordinary = RehearsalFaults(
    refused: 0.02, timedOut: 0.01, keyUnknown: 0.005, keyMismatch: 0.002, authFailed: 0.005, linkLost: 0.008,
    failing: 0.004, erring: 0.001, notChecked: 0.005)

  package init(
    refused: Double = 0, timedOut: Double = 0, keyUnknown: Double = 0, keyMismatch: Double = 0,
    authFailed: Double = 0, linkLost: Double = 0, healing: Double = 0.5, failing: Double = 0, erring: Double = 0,
    notChecked: Double = 0
  ) {
    self.refused = refused
    self.timedOut = timedOut
    self.keyUnknown = keyUnknown
    self.keyMismatch = keyMismatch
    self.authFailed = authFailed
    self.linkLost = linkLost
    self.healing = healing
    self.failing = failing
    self.erring = erring
    self.notChecked = notChecked
  }
}
