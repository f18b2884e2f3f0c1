internal import TenkenModel
internal import TenkenPipeline

/// Everybody beside the screen who is told of a running sweep, as the command line asks for.
struct SweepWatchers {
  private let hook: FindingHook?
  private let metrics: MetricsFile?
  private let log: EventLogFile?
  private let inventory: Inventory
  private let say: @Sendable (String) -> Void

  /// - Parameter say: a line for people.
  init(_ targets: WatchTargets, of conduct: SweepConduct, say: @escaping @Sendable (String) -> Void) {
    self.say = say
    inventory = conduct.plan.inventory
    let findings = conduct.findings
    hook = targets.program.map { program in
      FindingHook(
        program, findings: { findings.lines(of: $0, atLeast: FindingHook.leastSeverity).map(\.json) }, say: say)
    }
    metrics = targets.metrics.map {
      MetricsFile($0, SweepMetrics(conduct.plan, sweep: conduct.sweep), now: World.current.now, say: say)
    }
    log = targets.log
    log?.append(
      SweepJSON.begin(conduct.sweep, planned: conduct.planned, of: inventory, over: conduct.scope.transport))
  }

  func receive(_ event: SweepEvent) {
    hook?.receive(event)
    metrics?.receive(event)
    log?.append(SweepJSON.event(event, of: inventory))
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
    if let line { log?.append(line) }
    if let complaint = log?.end() { say(complaint) }
  }

  private func withHook(_ body: () async throws -> SweepResult) async throws -> SweepResult {
    if let hook { try await hook.calling(body) } else { try await body() }
  }

  private func withMetrics(_ body: () async throws -> SweepResult) async throws -> SweepResult {
    if let metrics { try await metrics.writing(body) } else { try await body() }
  }
}
