package import TenkenModel
internal import TenkenPlan

/// Says which terminal is contacted next, which again and when, and when the sweep is over. A value: whoever runs it
/// calls `next(at:)`, obeys, and tells what happened. Time is since the start of the run, given by the caller, so that
/// a night's sweep can be told in a millisecond.
///
/// A terminal is *unfinished* until its final attempt was recorded. An unfinished one is in exactly one place: ready
/// in the queue of its site, in flight (contacted or being recorded, holding a slot), or waiting in `retries`.
/// Sites with something that may start stand in `rotation` and take turns, so a site of ten thousand terminals does
/// not starve one of five.
package struct SweepScheduler: Sendable {
  package struct Start: Sendable, Hashable {
    /// By its index in the inventory.
    package let terminal: Int
    /// 1 for the first.
    package let attempt: Int
    /// Of the plan's check sets.
    package let set: Int
  }

  package enum Step: Sendable, Hashable {
    case start(Start)
    /// Nothing to do until something happens, or until then.
    case wait(until: Duration?)
    /// The drain's deadline has passed: cancel all that is in flight and say `abandoned` for each.
    case cancel
    case end(SweepEnding)
  }

  private enum Mode {
    case running
    /// Nothing new starts; what is in flight may finish until then. Waiting retries stay for a resume.
    case draining(until: Duration)
    /// The drain's deadline has passed and what was left has been told to go.
    case overdue
    /// Everything has been told to go.
    case stopped
  }

  private let plan: Plan
  private let seed: UInt64
  private let backoff: Backoff
  private let siteOf: [Int]
  private var mode = Mode.running
  private var sites: [SiteQueue]
  private var rotation = FIFO<Int>()
  private var retries = RetryQueue()
  private var attempts: [Int]
  private var unfinished: Int
  package private(set) var inFlight = 0

  package init(plan: Plan, seed: UInt64, backoff: Backoff = Backoff()) {
    self.plan = plan
    self.seed = seed
    self.backoff = backoff
    (siteOf, sites) = Self.queues(of: plan)
    attempts = plan.dispositions.map(\.attempts)
    let work = plan.dispositions.indices.filter { plan.dispositions[$0].set != nil }
    unfinished = work.count
    for terminal in work { enqueue(terminal) }
  }

  /// What to do now. Asked again after each `start` and after each thing that happened.
  package mutating func next(at now: Duration) -> Step {
    switch mode {
    case .running: nextOfRunning(at: now)
    case .draining(let deadline): nextOfDraining(at: now, until: deadline)
    case .overdue, .stopped: inFlight == 0 ? .end(ending) : .wait(until: nil)
    }
  }

  /// An attempt was recorded durably: its slot is free again. One that is not final is followed by another.
  package mutating func recorded(_ terminal: Int, isFinal: Bool, at now: Duration) {
    release(terminal)
    if isFinal {
      unfinished -= 1
    } else {
      let delay = backoff.delay(after: attempts[terminal], terminal: terminal, seed: seed)
      retries.insert(terminal, due: now + delay)
    }
  }

  /// An attempt was cancelled before it was recorded: it has not happened, and a resume makes it. Said after `cancel`
  /// or `stop` only; a sweep that goes on would start it again at once.
  package mutating func abandoned(_ terminal: Int) { release(terminal) }

  /// Nothing new starts from now on. False, and nothing changes, where the sweep drains or stops already.
  package mutating func drain(at now: Duration, deadline: Duration) -> Bool {
    guard case .running = mode else { return false }
    mode = .draining(until: now + deadline)
    return true
  }

  /// Nothing new starts from now on, and whoever calls this cancels all that is in flight. After `cancel` there is
  /// nothing left to stop: the drain stays a drain.
  package mutating func stop() {
    if case .overdue = mode { return }
    mode = .stopped
  }

  private mutating func nextOfRunning(at now: Duration) -> Step {
    while let terminal = retries.popDue(at: now) { enqueue(terminal) }
    let hasSlot = inFlight < max(1, plan.limits.concurrency)
    if hasSlot, let start = startNext() { return .start(start) }
    if inFlight == 0, retries.isEmpty { return .end(ending) }
    return .wait(until: hasSlot ? retries.earliest : nil)
  }

  private mutating func nextOfDraining(at now: Duration, until deadline: Duration) -> Step {
    if inFlight == 0 { return .end(ending) }
    guard now >= deadline else { return .wait(until: deadline) }
    mode = .overdue
    return .cancel
  }

  private var ending: SweepEnding {
    if unfinished == 0 { return .finished }
    if case .stopped = mode { return .stopped }
    return .drained(pending: unfinished)
  }

  private mutating func startNext() -> Start? {
    guard let site = rotation.popFirst(), let terminal = sites[site].start() else { return nil }
    if sites[site].entersRotation() { rotation.append(site) }
    inFlight += 1
    attempts[terminal] += 1
    return plan.dispositions[terminal].set.map { Start(terminal: terminal, attempt: attempts[terminal], set: $0) }
  }

  private mutating func enqueue(_ terminal: Int) {
    let site = siteOf[terminal]
    sites[site].append(terminal)
    if sites[site].entersRotation() { rotation.append(site) }
  }

  private mutating func release(_ terminal: Int) {
    let site = siteOf[terminal]
    inFlight -= 1
    sites[site].release()
    if sites[site].entersRotation() { rotation.append(site) }
  }

  /// The queue of each site, empty, and the index of each terminal's site among them.
  private static func queues(of plan: Plan) -> (siteOf: [Int], sites: [SiteQueue]) {
    var sites = plan.inventory.sites.map { SiteQueue(ceiling: plan.ceiling(of: $0)) }
    var indices = Dictionary(plan.inventory.sites.enumerated().map { ($1.id, $0) }) { first, _ in first }
    let siteOf = plan.inventory.terminals.map { terminal in
      if let known = indices[terminal.site] { return known }
      indices[terminal.site] = sites.count
      sites.append(SiteQueue(ceiling: plan.ceiling(of: nil)))
      return sites.count - 1
    }
    return (siteOf, sites)
  }
}

extension Plan.Disposition {
  /// `nil` where nothing is to be done.
  fileprivate var set: Int? { if case .inspect(let set, _) = self { set } else { nil } }
  fileprivate var attempts: Int { if case .inspect(_, let attempts) = self { attempts } else { 0 } }
}
