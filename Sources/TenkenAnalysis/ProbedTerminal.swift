package import TenkenModel

/// What a probe found out about one terminal.
package struct ProbedTerminal: Sendable {
  package let readiness: Readiness
  /// Why it is not ready, where the contact or the terminal said so itself; may hold any character.
  package let reason: String
  package let outcome: Outcome
  package let started: Timestamp
  package let ended: Timestamp
  package let dialled: String?
  package let hostKey: HostKeyEvidence?
  /// `nil` where it did not answer.
  package let answers: ProbeAnswers?
  /// `nil` where that was not found out.
  package let root: RootAccess?

  /// - Parameters:
  ///   - answers: `nil` where the terminal was reached and did not answer, and `silence` says why.
  ///   - needsRoot: whether some check of the catalogue does, for the terminal's platform.
  ///   - provesIdentity: whether whoever answers has a host key: a rehearsal and this machine have none to prove.
  package init(
    _ attempt: Attempt, of terminal: Terminal, answers: ProbeAnswers?, silence: String, root: RootAccess?,
    needsRoot: Bool, provesIdentity: Bool
  ) {
    (outcome, started, ended, dialled) = (attempt.outcome, attempt.started, attempt.ended, attempt.dialled)
    // The key itself is not needed any more: there are as many of these as terminals.
    hostKey = attempt.hostKey.map {
      HostKeyEvidence(type: $0.type, fingerprint: $0.fingerprint, standing: $0.standing)
    }
    self.answers = answers
    self.root = root
    (readiness, reason) =
      if attempt.outcome != .inspected {
        (.outcome(attempt.outcome), attempt.reason)
      } else if provesIdentity, attempt.hostKey?.standing != .recorded {
        (.outcome(.hostKeyUnknown), "it was logged in to although its host key is not on record")
      } else {
        Self.readiness(answers, silence, root, platform: terminal.platform, needsRoot: needsRoot)
      }
  }

  /// Of a terminal that was logged in to, and proved who it is.
  private static func readiness(
    _ answers: ProbeAnswers?, _ silence: String, _ root: RootAccess?, platform: String, needsRoot: Bool
  ) -> (Readiness, String) {
    guard let answers else { return (.unanswered, silence) }
    if answers.platform != platform { return (.otherPlatform, "\(answers.platform), not \(platform)") }
    if needsRoot, root != .granted {
      if case .denied(let why) = root { return (.withoutRoot, why) }
      return (.withoutRoot, "it was not found out whether root is granted")
    }
    guard let clock = answers.clock else { return (.clock, "it could not tell the time") }
    return clock.isWithinLimit ? (.ready, "") : (.clock, "")
  }
}
