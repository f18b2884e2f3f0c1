import TenkenModel
import TenkenSweep

/// A journal in memory: what was recorded, and what a resume would be told.
actor Recorder {
  private(set) var runs: [RemoteRun] = []
  private(set) var conditions: [SiteCondition] = []
  private let failsAfter: Int

  struct DiskFull: Error, Equatable {}

  init(failsAfter: Int = .max) { self.failsAfter = failsAfter }

  func record(_ run: RemoteRun) throws -> Attempt {
    guard runs.count < failsAfter else { throw DiskFull() }
    runs.append(run)
    return Attempt(
      terminal: run.terminal, number: run.attempt, started: run.started, ended: run.ended, outcome: run.outcome,
      reason: run.reason, isFinal: run.isFinal, hostKey: run.hostKey, dialled: run.dialled)
  }

  func hold(_ conditions: [SiteCondition]) throws {
    guard runs.count < failsAfter else { throw DiskFull() }
    self.conditions += conditions
  }

  /// What a resume is in doubt of.
  var doubts: Doubts { Doubts(SiteHold.open(in: conditions)) }

  var settled: Settled {
    var settled = Settled()
    for run in runs {
      settled.attempts[run.terminal] = run.isFinal ? nil : run.attempt
      settled.unsupported[run.terminal] = run.outcome == .unsupported && !run.isFinal ? run.reason : nil
      if run.isFinal { settled.final[run.terminal] = run.outcome }
    }
    return settled
  }

  func attempts(at terminal: ID<Terminal>) -> [RemoteRun] { runs.filter { $0.terminal == terminal } }
}
