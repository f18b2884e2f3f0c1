internal import TenkenModel
internal import TenkenTransport

extension Sweep {
  /// What the parent of the children knows.
  struct State {
    var scheduler: SweepScheduler
    let start: C.Instant
    /// Times since the start that some child waits for.
    var timers: Set<Duration> = []
    /// Why Tenken's own client could not speak to terminals that the system's ssh has taken over.
    var unsupported: [Int: String]
    /// Why each gateway could not be passed last.
    var causes: [ID<Gateway>: ContactFailure] = [:]
    /// The last attempt at each site that had no answer.
    var silences: [ID<Site>: Attempt] = [:]
    /// What holds sites, as far as whoever reads the journal knows.
    var held: Set<HoldChange.Cause> = []
    /// What `recording` or `holding` threw first.
    var failure: (any Error)?
    /// Whether everything in flight is to be cancelled.
    var letsGo = false
  }

  /// Tells the scheduler how a child ended. True where the next signal is to be listened for.
  func fold(_ end: ChildEnd, into state: inout State, events: (SweepEvent) -> Void) -> Bool {
    let now = state.start.duration(to: clock.now)
    switch end {
    case .recorded(let terminal, let attempt, let cost, let gotPast):
      if attempt.isForOpenSSH { state.unsupported[terminal] = attempt.reason }
      if attempt.outcome == .unreachable || attempt.outcome == .timedOut {
        state.silences[plan.inventory.terminals[terminal].site] = attempt
      }
      state.scheduler.recorded(
        terminal, SweepScheduler.Sequel(of: attempt), outcome: attempt.outcome, isSlow: cost.isSlow, bytes: cost.bytes,
        gotPast: gotPast, at: now)
      events(.recorded(terminal: terminal, attempt: attempt))
    case .turnedBack(let terminal, let failure, let gateway):
      state.causes[gateway] = failure
      state.scheduler.turnedBack(terminal, at: gateway, mayPass: Conclusion(of: failure).mayPass, now: now)
      events(.turnedBack(terminal: terminal))
    case .gotPast(let terminal): state.scheduler.gotPast(terminal)
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
    case .overdue:
      if state.scheduler.drain(at: now, deadline: drainDeadline) {
        events(.overdue(plan.limits.deadline ?? now))
        events(.draining(inFlight: state.scheduler.inFlight))
      }
    case .woke(let due): state.timers.remove(due)
    case .unattended, .quiet: break
    }
    return false
  }
}

extension SweepScheduler.Sequel {
  fileprivate init(of attempt: Attempt) {
    self = attempt.isFinal ? .end : attempt.isForOpenSSH ? .openSSH : .retry
  }
}

extension Sweep.State {
  mutating func stop() {
    scheduler.stop()
    letsGo = true
  }
}
