import Synchronization
import TenkenModel

/// The events of a sweep, in order.
final class EventLog: Sendable {
  private struct State {
    var events: [SweepEvent] = []
    var watcher: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  var events: [SweepEvent] { state.withLock { $0.events } }

  func append(_ event: SweepEvent) {
    let watcher = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.events.append(event)
      guard case .draining = event else { return nil }
      return state.watcher.take()
    }
    watcher?.resume()
  }

  /// Returns once the sweep drains. For one caller.
  func untilDraining() async {
    await withCheckedContinuation { continuation in
      let isDraining = state.withLock { state in
        let isDraining = state.events.contains { if case .draining = $0 { true } else { false } }
        if !isDraining { state.watcher = continuation }
        return isDraining
      }
      if isDraining { continuation.resume() }
    }
  }

  var contacted: Int {
    events.count { if case .contacting = $0 { true } else { false } }
  }

  var recorded: Int {
    events.count { if case .recorded = $0 { true } else { false } }
  }

  var turnedBack: Int {
    events.count { if case .turnedBack = $0 { true } else { false } }
  }

  var conditions: [(conditions: [SiteCondition], nextTry: Duration?)] {
    events.compactMap { if case .conditions(let conditions, let nextTry) = $0 { (conditions, nextTry) } else { nil } }
  }

  var drains: [Int] {
    events.compactMap { if case .draining(let inFlight) = $0 { inFlight } else { nil } }
  }
}
