internal import Synchronization
internal import TenkenModel
internal import TenkenSweep

extension Sweep {
  /// Runs without a journal: of each terminal one value is kept in memory, that of its last attempt.
  ///
  /// - Parameter keep: makes it of an attempt, judged by the plan's catalogue. It should be small: there is one for each
  ///   terminal.
  func collect<Value: Sendable>(
    _ keep: @escaping @Sendable (Attempt) -> Value, by catalogue: Catalogue, signals: AsyncStream<SweepSignal>,
    events: @Sendable (SweepEvent) -> Void
  ) async throws -> Collected<Value> {
    let checks = Dictionary(uniqueKeysWithValues: catalogue.checks.map { ($0.id, $0) })
    let values = Mutex<[ID<Terminal>: Value]>([:])
    let conditions = Mutex<[SiteCondition]>([])
    let ending = try await run(
      signals: signals,
      recording: { run in
        let attempt = Attempt(judging: run, by: checks)
        let value = keep(attempt)
        values.withLock { $0[attempt.terminal] = value }
        return attempt
      },
      holding: { turns in conditions.withLock { $0 += turns } }, events: events)
    return Collected(
      ending: ending, values: values.withLock { $0 }, holds: SiteHold.open(in: conditions.withLock { $0 }))
  }
}
