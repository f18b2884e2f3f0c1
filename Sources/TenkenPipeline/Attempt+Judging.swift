internal import TenkenChecks
internal import TenkenModel

extension Attempt {
  /// Judges what a run brought, check by check.
  init(judging run: RemoteRun, by checks: [ID<Check>: Check]) {
    self.init(
      terminal: run.terminal, number: run.attempt, started: run.started, ended: run.ended, outcome: run.outcome,
      reason: run.reason, isFinal: run.isFinal, hostKey: run.hostKey, dialled: run.dialled,
      observations: run.captures.compactMap { capture in
        checks[capture.check].map { Judge.observation(of: capture, by: $0, factNonce: run.factNonce) }
      })
  }
}
