internal import Synchronization
package import TenkenModel

/// Where one contact stands: whoever makes it says so, and whoever watches the sweep looks. To say it costs a look at
/// the clock and a lock that hardly anybody else ever wants.
package final class PhaseGauge: Sendable {
  private let now: @Sendable () -> Timestamp
  private let state: Mutex<(phase: InFlight.Phase, since: Timestamp)>

  /// - Parameter now: the wall clock.
  package init(now: @escaping @Sendable () -> Timestamp) {
    self.now = now
    state = Mutex((.connect, now()))
  }

  package func enter(_ phase: InFlight.Phase) {
    state.withLock { state in
      if state.phase != phase { state = (phase, now()) }
    }
  }

  package var reading: (phase: InFlight.Phase, since: Timestamp) { state.withLock { $0 } }
}
