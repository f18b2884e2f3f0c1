package import TenkenModel
internal import TenkenPlan

/// Says which terminal is contacted next, which again and when, and when the sweep is over. A value: whoever runs it
/// calls `next(at:)`, obeys, and tells what happened. Time is since the start of the run, given by the caller, so that
/// a night's sweep can be told in a millisecond.
///
/// A terminal is *unfinished* until its final attempt was recorded. An unfinished one is in exactly one place: ready
/// in the queue of its site, in flight (contacted or being recorded, holding its slots), or waiting in `retries`.
///
/// A contact takes a slot of the fleet and one of each `Passage` on its way: its site, its gateways, and the system's
/// ssh(1) where that speaks. A site with something ready stands in `rotation`, where the one that was served longest ago
/// comes first, so a site of ten thousand terminals does not starve one of five. When its turn comes and some passage
/// is full or shut, it waits there, holding nothing, and keeps its turn. A terminal that needs two crowded passages
/// starts when both have room in one instant.
package struct SweepScheduler: Sendable {
  package struct Start: Sendable, Hashable {
    /// By its index in the inventory.
    package let terminal: Int
    /// 1 for the first.
    package let attempt: Int
    /// Of the plan's check sets.
    package let set: Int
    package let client: SSHClient
    /// Whether no retry is left after it.
    package let isLastTry: Bool
    /// Whether it finds out if a gateway can be passed again.
    package let isProbe: Bool
    /// Whether the system's ssh speaks only because the client of the site could not.
    package let isFallback: Bool

    package init(
      terminal: Int, attempt: Int, set: Int, client: SSHClient = .builtIn, isLastTry: Bool = false,
      isProbe: Bool = false, isFallback: Bool = false
    ) {
      self.terminal = terminal
      self.attempt = attempt
      self.set = set
      self.client = client
      self.isLastTry = isLastTry
      self.isProbe = isProbe
      self.isFallback = isFallback
    }
  }

  package enum Step: Sendable, Hashable {
    case start(Start)
    /// Nothing to do until something happens, or until then.
    case wait(until: Duration?)
    /// The drain's deadline has passed: cancel all that is in flight and say `abandoned` for each.
    case cancel
    case end(SweepEnding)
  }

  enum Mode {
    case running
    /// Nothing new starts; what is in flight may finish until then. Waiting retries stay for a resume.
    case draining(until: Duration)
    /// The drain's deadline has passed and what was left has been told to go.
    case overdue
    /// Everything has been told to go.
    case stopped
  }

  let plan: Plan
  let seed: UInt64
  let backoff: Backoff
  var mode = Mode.running
  var map: PassageMap
  var rotation = PriorityQueue<Int>()
  var turns: Int
  var retries = PriorityQueue<Duration>()
  /// Passages by the time at which they are to be tried again.
  var probes = PriorityQueue<Duration>()
  var attempts: [Int]
  /// Terminals that Tenken's own client cannot speak to, and that the system's ssh has taken over.
  var takenOver: Set<Int> = []
  var unfinished: Int
  /// Of the unfinished ones, those whose site is not given up.
  var attainable: Int
  var gatewayChanges: [GatewayChange] = []
  package internal(set) var inFlight = 0

  /// - Parameters:
  ///   - client: who speaks to the terminals of a site that says nothing of it.
  ///   - canFallBack: whether the system's ssh is there for those that `client` cannot speak to.
  ///   - doubtful: gateways that could not be passed when the sweep was interrupted: one terminal tries them first.
  package init(
    plan: Plan, seed: UInt64, backoff: Backoff = Backoff(), client: SSHClient = .builtIn, canFallBack: Bool = false,
    doubtful: Set<ID<Gateway>> = []
  ) {
    self.plan = plan
    self.seed = seed
    self.backoff = backoff
    map = PassageMap(of: plan, client: client) { number, gateway in
      Breaker(
        patience: 1 + 2 * plan.limits.retries, backoff: backoff, seed: seed, number: number,
        isInDoubt: doubtful.contains(gateway))
    }
    turns = map.sites.count
    attempts = plan.dispositions.map(\.attempts)
    let work = plan.dispositions.indices.filter { plan.dispositions[$0].set != nil }
    unfinished = work.count
    attainable = work.count
    for terminal in work {
      if canFallBack, plan.dispositions[terminal].unsupported != nil { takenOver.insert(terminal) }
      map.sites[map.siteOf[terminal]].unfinished += 1
      enqueue(terminal)
    }
  }

  /// What to do now. Asked again after each `start` and after each thing that happened.
  package mutating func next(at now: Duration) -> Step {
    switch mode {
    case .running: nextOfRunning(at: now)
    case .draining(let deadline): nextOfDraining(at: now, until: deadline)
    case .overdue, .stopped: inFlight == 0 ? .end(ending) : .wait(until: nil)
    }
  }

  private mutating func nextOfRunning(at now: Duration) -> Step {
    while let terminal = retries.popFirst(upTo: now) { enqueue(terminal) }
    while let passage = probes.popFirst(upTo: now) {
      if map.passages[passage].breaker?.wake(at: now) == true { sendOn(from: passage) }
    }
    let hasSlot = inFlight < max(1, plan.limits.concurrency)
    if hasSlot, let start = startNext() { return .start(start) }
    if inFlight == 0, attainable == 0 { return .end(ending) }
    return .wait(until: hasSlot ? [retries.least, probes.least].compactMap(\.self).min() : nil)
  }

  private mutating func nextOfDraining(at now: Duration, until deadline: Duration) -> Step {
    if inFlight == 0 { return .end(ending) }
    guard now >= deadline else { return .wait(until: deadline) }
    mode = .overdue
    return .cancel
  }

  private var ending: SweepEnding {
    if unfinished == 0 { return .finished }
    switch mode {
    case .running: return .waiting(pending: unfinished)
    case .draining, .overdue: return .drained(pending: unfinished)
    case .stopped: return .stopped
    }
  }
}

extension Plan.Disposition {
  /// `nil` where nothing is to be done.
  var set: Int? { if case .inspect(let set, _, _) = self { set } else { nil } }
  fileprivate var attempts: Int { if case .inspect(_, let attempts, _) = self { attempts } else { 0 } }
  var unsupported: String? { if case .inspect(_, _, let why) = self { why } else { nil } }
}
