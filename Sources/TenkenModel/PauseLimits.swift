/// What pauses a site, or the sweep: a limit for each outcome that tells of trouble which more contacts would only deepen.
package struct PauseLimits: Sendable, Hashable, Codable {
  package var unreachable: PauseLimit?
  package var authFailed: PauseLimit?
  package var hostKeyMismatch: PauseLimit?
  package var hostile: PauseLimit?

  package init(
    unreachable: PauseLimit? = nil, authFailed: PauseLimit? = nil, hostKeyMismatch: PauseLimit? = nil,
    hostile: PauseLimit? = nil
  ) {
    self.unreachable = unreachable
    self.authFailed = authFailed
    self.hostKeyMismatch = hostKeyMismatch
    self.hostile = hostile
  }

  /// Outcomes that have a limit, in their order in the documentation.
  package static let outcomes: [Outcome] = [.unreachable, .authFailed, .hostKeyMismatch, .hostile]

  /// Tenken's own, of a site and of the sweep.
  package static let usual = PauseLimits(
    unreachable: PauseLimit(percent: 60), authFailed: PauseLimit(percent: 20),
    hostKeyMismatch: PauseLimit(percent: 10), hostile: PauseLimit(percent: 5))

  package subscript(outcome: Outcome) -> PauseLimit? {
    get {
      switch outcome {
      case .unreachable: unreachable
      case .authFailed: authFailed
      case .hostKeyMismatch: hostKeyMismatch
      case .hostile: hostile
      default: nil
      }
    }
    set {
      switch outcome {
      case .unreachable: unreachable = newValue
      case .authFailed: authFailed = newValue
      case .hostKeyMismatch: hostKeyMismatch = newValue
      case .hostile: hostile = newValue
      default: preconditionFailure("no limit is set on \(outcome.rawValue)")
      }
    }
  }
}
