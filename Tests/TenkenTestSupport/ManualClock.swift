import Synchronization

/// A clock that stands until a test moves it.
package final class ManualClock: Clock, Sendable {
  package struct Instant: InstantProtocol {
    package let offset: Duration

    package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    package func duration(to other: Instant) -> Duration { other.offset - offset }
    package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private struct Sleeper {
    let id: Int
    let deadline: Instant
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct Watcher {
    let id: Int
    let count: Int
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var now = Instant(offset: .zero)
    var sleepers: [Sleeper] = []
    var watchers: [Watcher] = []
    var ids = 0

    mutating func nextID() -> Int {
      ids += 1
      return ids
    }
  }

  private let state = Mutex(State())

  package init() {}

  package var now: Instant { state.withLock { $0.now } }
  package var minimumResolution: Duration { .zero }
  package var sleepers: Int { state.withLock { $0.sleepers.count } }

  package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let id = state.withLock { $0.nextID() }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        register(Sleeper(id: id, deadline: deadline, continuation: continuation))
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Moves the clock and wakes whoever has slept long enough.
  package func advance(by duration: Duration) { advance { $0.now.advanced(by: duration) } }

  /// Moves the clock to the first moment at which somebody wakes; nothing where nobody sleeps.
  package func advanceToNext() { advance { $0.sleepers.map(\.deadline).min() ?? $0.now } }

  /// Returns once at least `count` sleep, or when the task is cancelled.
  package func untilSleeping(_ count: Int) async {
    let id = state.withLock { $0.nextID() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isThere = state.withLock { state in
          if state.sleepers.count >= count || Task.isCancelled { return true }
          state.watchers.append(Watcher(id: id, count: count, continuation: continuation))
          return false
        }
        if isThere { continuation.resume() }
      }
    } onCancel: {
      let watcher = state.withLock { state in
        state.watchers.firstIndex { $0.id == id }.map { state.watchers.remove(at: $0) }
      }
      watcher?.continuation.resume()
    }
  }

  /// Runs `body` and moves the clock to the next deadline whenever nobody has anything to do before it: every wait on
  /// this clock ends at once, in the order of the deadlines, and none ends too early, however busy the machine is.
  package func running<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    try await withTaskExecutorPreference(IdleExecutor { self.advanceToNext() }) { try await body() }
  }

  private func register(_ sleeper: Sleeper) {
    enum Start { case woken, cancelled, sleeping([Watcher]) }
    let start = state.withLock { state -> Start in
      if Task.isCancelled { return .cancelled }
      if sleeper.deadline <= state.now { return .woken }
      state.sleepers.append(sleeper)
      let count = state.sleepers.count
      defer { state.watchers.removeAll { $0.count <= count } }
      return .sleeping(state.watchers.filter { $0.count <= count })
    }
    switch start {
    case .woken: sleeper.continuation.resume()
    case .cancelled: sleeper.continuation.resume(throwing: CancellationError())
    case .sleeping(let watchers): for watcher in watchers { watcher.continuation.resume() }
    }
  }

  private func advance(to instant: (State) -> Instant) {
    let woken = state.withLock { state -> [Sleeper] in
      state.now = max(state.now, instant(state))
      let now = state.now
      defer { state.sleepers.removeAll { $0.deadline <= now } }
      return state.sleepers.filter { $0.deadline <= now }.sorted { $0.deadline < $1.deadline }
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }
}
