internal import TenkenModel
internal import TenkenPipeline

/// Everybody beside the screen who is told of a running sweep, as the command line asks for.
struct SweepWatchers {
  private let hook: FindingHook?
  private let metrics: MetricsFile?
  private let log: EventLogFile?
  private let say: @Sendable (String) -> Void

  /// - Parameter say: a line for people.
  /// - Throws: where the program or the log cannot be used.
  init(_ options: WatchOptions, of conduct: SweepConduct, say: @escaping @Sendable (String) -> Void) throws {
    self.say = say
    let findings = conduct.findings
    hook = try options.onFinding.map { path in
      try FindingHook(
        path, findings: { findings.lines(of: $0, atLeast: FindingHook.leastSeverity).map(\.json) }, say: say)
    }
    metrics = options.metrics.map {
      MetricsFile($0, SweepMetrics(conduct.plan, sweep: conduct.sweep), now: World.current.now, say: say)
    }
    log = try options.log.map { try EventLogFile($0, inventory: conduct.plan.inventory, now: World.current.now) }
    log?.begin(conduct.sweep, planned: conduct.planned, over: conduct.scope.transport)
  }

  func receive(_ event: SweepEvent) {
    hook?.receive(event)
    metrics?.receive(event)
    log?.receive(event)
  }

  /// Tells while `body` runs, and what came of it.
  func watching(_ body: () async throws -> SweepResult) async throws -> SweepResult {
    do {
      let result = try await withMetrics { try await withHook(body) }
      finish(result.jsonLine)
      return result
    } catch {
      finish(nil)
      throw error
    }
  }

  private func finish(_ line: String?) {
    if let complaint = log?.end(line) { say(complaint) }
  }

  private func withHook(_ body: () async throws -> SweepResult) async throws -> SweepResult {
    if let hook { try await hook.calling(body) } else { try await body() }
  }

  private func withMetrics(_ body: () async throws -> SweepResult) async throws -> SweepResult {
    if let metrics { try await metrics.writing(body) } else { try await body() }
  }
}
