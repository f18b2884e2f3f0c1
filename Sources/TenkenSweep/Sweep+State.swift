internal import TenkenModel

extension Sweep {
  /// What the parent of the children knows.
  struct State {
    var scheduler: SweepScheduler
    let start: C.Instant
    /// Times since the start that some child waits for.
    var timers: Set<Duration> = []
    /// What `recording` threw first.
    var failure: (any Error)?
    /// Whether everything in flight is to be cancelled.
    var letsGo = false
  }

  /// Tells the scheduler how a child ended. True where the next signal is to be listened for.
  func fold(_ end: ChildEnd, into state: inout State, events: (SweepEvent) -> Void) -> Bool {
    let now = state.start.duration(to: clock.now)
    switch end {
    case .recorded(let terminal, let attempt):
      state.scheduler.recorded(terminal, isFinal: attempt.isFinal, at: now)
      events(.recorded(terminal: terminal, attempt: attempt))
    case .abandoned(let terminal):
      state.scheduler.abandoned(terminal)
      state.stop()
    case .failed(let terminal, let error):
      state.failure = state.failure ?? error
      state.scheduler.abandoned(terminal)
      state.stop()
    case .signal(.drain):
      if state.scheduler.drain(at: now, deadline: drainDeadline) {
        events(.draining(inFlight: state.scheduler.inFlight))
      }
      return true
    case .signal(.stop), .cancelled: state.stop()
    case .woke(let due): state.timers.remove(due)
    case .unattended: break
    }
    return false
  }
}

extension Sweep.State {
  fileprivate mutating func stop() {
    scheduler.stop()
    letsGo = true
  }
}
