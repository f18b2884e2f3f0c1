package import TenkenModel
internal import TenkenPlan
package import TenkenTransport

/// One run of a plan: a task group that obeys a `SweepScheduler`.
///
/// The children of the group are the contacts in flight (at most the fleet's ceiling), one that listens for signals,
/// and timers. Each ends in one `ChildEnd`, which the parent folds into the scheduler; nothing else is shared. A contact's
/// child records what it brought before it ends, so a slot is free only when its terminal is safe on disk: a slow disk
/// slows the fleet instead of filling memory.
package struct Sweep<C: Clock<Duration>>: Sendable {
  package typealias Recording = @Sendable (RemoteRun) async throws -> Attempt
  package typealias Holding = @Sendable ([SiteCondition]) async throws -> Void

  let plan: Plan
  let routes: Routes
  let transport: any Transport
  let seed: UInt64
  let clock: C
  let now: @Sendable () -> Timestamp
  let nonces: @Sendable () -> Nonce
  let backoff: Backoff
  let drainDeadline: Duration
  let client: SSHClient
  let canFallBack: Bool
  let doubts: Doubts
  let overrides: Set<LimitOverride>
  let offset: SiteHours.Offset
  /// Who is contacted at this moment.
  package let inFlight = InFlightBoard()

  /// - Parameters:
  ///   - seed: of the jitter of retries.
  ///   - clock: what retries and the drain's deadline are measured by.
  ///   - now: the wall clock; data only.
  ///   - nonces: a fresh one each call, from a generator that cannot be guessed.
  ///   - client: who speaks to the terminals of a site that says nothing of it; the transport obeys `Endpoint.client`.
  ///   - canFallBack: whether the transport has the system's ssh for terminals that `client` cannot speak to.
  ///   - doubts: what could not be reached when the sweep was interrupted: one terminal tries it first.
  ///   - overrides: limits that do not count.
  ///   - offset: what the clocks of sites show; asked only for sites that have windows.
  package init(
    plan: Plan, transport: any Transport, seed: UInt64, clock: C, now: @escaping @Sendable () -> Timestamp,
    nonces: @escaping @Sendable () -> Nonce, backoff: Backoff = Backoff(), drainDeadline: Duration = .seconds(30),
    client: SSHClient = .builtIn, canFallBack: Bool = false, doubts: Doubts = Doubts(),
    overrides: Set<LimitOverride> = [], offset: @escaping SiteHours.Offset = { _, _ in .zero }
  ) {
    self.plan = plan
    routes = Routes(of: plan.inventory)
    self.transport = transport
    self.seed = seed
    self.clock = clock
    self.now = now
    self.nonces = nonces
    self.backoff = backoff
    self.drainDeadline = drainDeadline
    self.client = client
    self.canFallBack = canFallBack
    self.doubts = doubts
    self.overrides = overrides
    self.offset = offset
  }

  /// Contacts every terminal of the plan until each has its outcome, or until it is told to stop.
  ///
  /// - Parameters:
  ///   - signals: `drain`, then `stop`; may stay silent, may end.
  ///   - recording: makes one run durable. The terminal counts only once it has returned. Called from many tasks at
  ///     once, once for each attempt, never for an attempt that was cancelled.
  ///   - holding: makes the conditions of sites durable; called in their order, one call at a time.
  ///   - events: progress for whoever watches; called in order.
  /// - Throws: what `recording` or `holding` threw first. By then everything in flight has been let go.
  package func run(
    signals: AsyncStream<SweepSignal>, recording: @escaping Recording, holding: Holding = { _ in },
    events: @Sendable (SweepEvent) -> Void
  ) async throws -> SweepEnding {
    let result = await withTaskGroup(of: ChildEnd.self, returning: Result<SweepEnding, any Error>.self) { group in
      var state = State(scheduler: scheduler(), start: clock.now, unsupported: plan.unsupported)
      listen(to: signals, in: &group)
      watchDeadline(state, in: &group)
      await tellConditions(&state, holding: holding, events: events)
      while true {
        switch state.scheduler.next(at: state.start.duration(to: clock.now)) {
        case .start(let start):
          events(.contacting(terminal: start.terminal, attempt: start.attempt))
          contact(start, unsupported: state.unsupported[start.terminal], recording: recording, in: &group)
        case .wait(let due):
          if let due { arm(due, &state, in: &group) }
          guard let end = await group.next() else {
            preconditionFailure("the scheduler waits only for a contact in flight or for a time, and both are children")
          }
          if fold(end, into: &state, events: events) { listen(to: signals, in: &group) }
          await tellConditions(&state, holding: holding, events: events)
          if state.letsGo { group.cancelAll() }
        case .cancel: group.cancelAll()
        case .end(let ending):
          group.cancelAll()
          return state.failure.map { .failure($0) } ?? .success(ending)
        }
      }
    }
    return try result.get()
  }

  private func scheduler() -> SweepScheduler {
    SweepScheduler(
      plan: plan, seed: seed, backoff: backoff, client: client, canFallBack: canFallBack, doubts: doubts,
      overrides: overrides, started: now(), offset: offset)
  }
}
