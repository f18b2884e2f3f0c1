package import TenkenModel
internal import TenkenPlan

/// Says which terminal is contacted next, which again and when, and when the sweep is over. A value: whoever runs it
/// calls `next(at:)`, obeys, and tells what happened. Time is since the start of the run, given by the caller, so that
/// a night's sweep can be told in a millisecond.
///
/// A terminal is *unfinished* until its final attempt was recorded. An unfinished one is in exactly one place: ready
/// in a lane of its site, in flight (contacted or being recorded, holding its slots), or waiting in `retries`.
///
/// A contact takes a slot of the fleet and one of each `Passage` on its way: its site, its gateways, the system's
/// ssh(1) where that speaks, and its tags where they have a ceiling. A site has two queues, of which the late one holds
/// those that were slow; a queue has a lane for each way that its terminals take. A queue with something ready stands
/// in `rotation`, where the one that was served longest ago comes first, so a site of ten thousand terminals does not
/// starve one of five; late queues come after all others. When its turn comes and some passage is full or shut, it
/// waits there, holding nothing, and keeps its turn; a lane waits likewise where that passage is not of the whole site. A
/// terminal that needs two crowded passages starts when both have room in one instant.
///
/// Whoever waits is sent on one at a time: the first when a passage opens, the next when it is known what became of the
/// one before. So a start costs what its own way costs, however many wait.
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
    /// Whether none is left should it let a deadline pass: such a one holds its slot for all of it.
    package let isLastIfSlow: Bool
    /// Whether it finds out if a gateway or a site can be reached again.
    package let isProbe: Bool
    /// Whether the system's ssh speaks only because the client of the site could not.
    package let isFallback: Bool

    package init(
      terminal: Int, attempt: Int, set: Int, client: SSHClient = .builtIn, isLastTry: Bool = false,
      isLastIfSlow: Bool = false, isProbe: Bool = false, isFallback: Bool = false
    ) {
      self.terminal = terminal
      self.attempt = attempt
      self.set = set
      self.client = client
      self.isLastTry = isLastTry
      self.isLastIfSlow = isLastIfSlow
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
  let overrides: Set<LimitOverride>
  let started: Timestamp
  var mode = Mode.running
  var map: PassageMap
  var sites: [SiteState]
  /// Those of the sites, then the late ones in the same order.
  var queues: [SiteQueue]
  var lanes: [Lane] = []
  var laneNumbers: [Lane.Key: Int] = [:]
  /// Of queues.
  var rotation = PriorityQueue<Int>()
  var turns: Int
  var retries = PriorityQueue<Duration>()
  /// Passages by the time at which they are to be tried again.
  var probes = PriorityQueue<Duration>()
  /// Queues by the time from which their site's pace lets somebody start.
  var paced = PriorityQueue<Duration>()
  /// Sites by the time at which their hours begin or end.
  var hourChanges = PriorityQueue<Duration>()
  var attempts: [Int]
  /// Terminals that Tenken's own client cannot speak to, and that the system's ssh has taken over.
  var takenOver: Set<Int> = []
  /// Terminals that have let a deadline pass.
  var slow: Set<Int> = []
  var unfinished: Int
  /// Of the unfinished ones, those whose site is not stopped.
  var attainable: Int
  /// Attempts of this run that were recorded.
  var ended = 0
  var tally = Tally()
  /// Bytes of the scripts of each check set.
  let scriptBytes: [Int]
  var holdChanges: [HoldChange] = []
  var hoursChanges: [HoursChange] = []
  package internal(set) var inFlight = 0

  /// - Parameters:
  ///   - client: who speaks to the terminals of a site that says nothing of it.
  ///   - canFallBack: whether the system's ssh is there for those that `client` cannot speak to.
  ///   - doubts: what could not be reached when the sweep was interrupted: one terminal tries it first.
  ///   - overrides: limits that do not count.
  ///   - started: when the run began, by the wall clock.
  ///   - offset: what the clocks of sites show; asked only for sites that have windows.
  package init(
    plan: Plan, seed: UInt64, backoff: Backoff = Backoff(), client: SSHClient = .builtIn, canFallBack: Bool = false,
    doubts: Doubts = Doubts(), overrides: Set<LimitOverride> = [], started: Timestamp = Timestamp(milliseconds: 0),
    offset: @escaping SiteHours.Offset = { _, _ in .zero }
  ) {
    self.plan = plan
    self.seed = seed
    self.backoff = backoff
    self.overrides = overrides
    self.started = started
    let patience = 1 + 2 * plan.limits.retries
    map = PassageMap(
      of: plan,
      siteBreaker: { number, site in
        Breaker(
          patience: patience, backoff: backoff, seed: seed, number: number, isInDoubt: doubts.sites.contains(site))
      },
      gatewayBreaker: { number, gateway in
        Breaker(
          patience: patience, backoff: backoff, seed: seed, number: number, isInDoubt: doubts.gateways.contains(gateway)
        )
      })
    sites = map.sites.indices.map { [map] in SiteState(of: $0, map, plan: plan, client: client, offset: offset) }
    let count = sites.count
    queues = (0..<2 * count).map { SiteQueue(site: $0 % count, isLate: $0 >= count, turn: $0 % count) }
    turns = count
    attempts = plan.dispositions.map(\.attempts)
    scriptBytes = plan.checkSets.map { set in set.reduce(0) { $0 + $1.script.count } }
    let work = plan.dispositions.indices.filter { plan.dispositions[$0].set != nil }
    unfinished = work.count
    attainable = work.count
    takenOver = Set(canFallBack ? work.filter { plan.dispositions[$0].unsupported != nil } : [])
    for terminal in work { sites[map.siteOf[terminal]].unfinished += 1 }
    beginHours()
    for terminal in work { enqueue(terminal) }
    beginTallies()
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
    wake(at: now)
    let hasSlot = inFlight < ceiling
    if hasSlot, let start = startNext(at: now) { return .start(start) }
    if inFlight == 0, attainable == 0 { return .end(ending) }
    let next = [retries.least, probes.least, paced.least, hourChanges.least]
    return .wait(until: hasSlot ? next.compactMap(\.self).min() : nil)
  }

  private mutating func wake(at now: Duration) {
    while let site = hourChanges.popFirst(upTo: now) { changeHours(of: site, at: now) }
    while let terminal = retries.popFirst(upTo: now) { enqueue(terminal) }
    while let passage = probes.popFirst(upTo: now) {
      if map.passages[passage].breaker?.wake(at: now) == true { sendOn(from: passage) }
    }
    while let queue = paced.popFirst(upTo: now) {
      queues[queue].place = .nowhere
      rotate(queue)
    }
  }

  /// Terminals in flight at most. It rises with each attempt that has ended, however it did: what hangs holds nobody.
  private var ceiling: Int {
    let full = max(1, plan.limits.concurrency)
    return plan.limits.firstWave > 0 ? min(full, plan.limits.firstWave + ended) : full
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
  var attempts: Int { if case .inspect(_, let attempts, _) = self { attempts } else { 0 } }
  var unsupported: String? { if case .inspect(_, _, let why) = self { why } else { nil } }
}
