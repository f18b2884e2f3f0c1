import TenkenModel
import TenkenPlan
import TenkenSweep
import TenkenTestSupport
import Testing

/// Runs a scheduler through events drawn from a seed and holds it to its promises at every step.
struct SchedulerDriver {
  /// What a whole run came to.
  struct Log: Equatable {
    var starts: [SweepScheduler.Start] = []
    var steps: [SweepScheduler.Step] = []
    var changes: [HoldChange] = []
    var ending: SweepEnding?
  }

  let fleet: SchedulerFleet
  /// Of 1 for each event: how often it is a drain, and how often a stop.
  let unrest: Double
  var scheduler: SweepScheduler
  var chance: SplitMix64
  var now = Duration.zero
  var inFlight: [Int: SweepScheduler.Start] = [:]
  /// Unfinished terminals that are not in flight, with the time from which they may start.
  var ready: [Int: Duration] = [:]
  var attempts: [Int: Int] = [:]
  var tries: [Int: Int] = [:]
  var takenOver: Set<Int> = []
  var slow: Set<Int> = []
  /// Further attempts that are left to a site.
  var budgets: [ID<Site>: Int] = [:]
  /// When somebody started at a site last.
  var lastStart: [ID<Site>: Duration] = [:]
  var recorded = 0
  var finished: Set<Int> = []
  var gates: [ID<Gateway>: Gate] = [:]
  var log = Log()
  var mayStart = true

  /// Whether a gateway lets anyone pass, as far as the driver knows.
  enum Gate: Equatable {
    case open
    case shut(until: Duration)
    case probed(by: Int)
    case givenUp
  }

  init(seed: UInt64, unrest: Double = 0) {
    self.unrest = unrest
    chance = SplitMix64(seed: seed, 1)
    fleet = SchedulerFleet(seed: seed, using: &chance)
    scheduler = SweepScheduler(
      plan: fleet.plan, seed: seed, client: fleet.client, canFallBack: true, doubts: Doubts(gateways: fleet.doubtful))
    for gateway in fleet.plan.inventory.gateways {
      gates[gateway.id] = fleet.doubtful.contains(gateway.id) ? .shut(until: .zero) : .open
    }
    for (terminal, disposition) in fleet.plan.dispositions.enumerated() {
      guard case .inspect(_, let made, let unsupported) = disposition else { continue }
      attempts[terminal] = made
      tries[terminal] = made - (unsupported == nil ? 0 : 1)
      ready[terminal] = .zero
      if unsupported != nil { takenOver.insert(terminal) }
    }
    let work = Dictionary(grouping: attempts.keys, by: { fleet.site(of: $0).id })
    budgets = work.mapValues { max(10, $0.count * fleet.plan.limits.retryBudget / 100) }
  }

  mutating func run() -> Log {
    for _ in 0..<40_000 where log.ending == nil {
      let step = scheduler.next(at: now)
      log.steps.append(step)
      obey(step)
    }
    #expect(log.ending != nil, "the sweep ends")
    #expect(scheduler.inFlight == 0)
    return log
  }

  private mutating func obey(_ step: SweepScheduler.Step) {
    switch step {
    case .start(let start): begin(start)
    case .wait(let due):
      if mayStart { expectNothingToStart() }
      wait(until: due)
    case .cancel: letGo()
    case .end(let ending): end(ending)
    }
  }

  private mutating func begin(_ start: SweepScheduler.Start) {
    let terminal = start.terminal
    #expect(mayStart, "nothing starts after a drain or a stop")
    #expect(inFlight[terminal] == nil, "no terminal is in flight twice")
    #expect(!finished.contains(terminal), "nothing starts after its final attempt")
    #expect(ready[terminal].map { $0 <= now } == true, "nothing starts before its wait is over")
    #expect(start.attempt == attempts[terminal].map { $0 + 1 }, "attempts are counted from those before the resume")
    attempts[terminal] = start.attempt
    tries[terminal, default: 0] += 1
    expectLastTry(start)
    expectHoursAndPace(at: fleet.site(of: terminal))
    if slow.contains(terminal) { expectNothingToStart(besides: slow) }
    #expect(start.client == client(of: terminal))
    #expect(start.isFallback == (start.client == .openSSH && !fleet.isOverOpenSSH(terminal)))
    inFlight[terminal] = start
    ready[terminal] = nil
    log.starts.append(start)
    #expect(inFlight.count == scheduler.inFlight)
    expectCeilings(around: terminal)
    expectGates(start)
  }

  private mutating func wait(until due: Duration?) {
    if let due { #expect(due > now, "a wait is for later") }
    now += .milliseconds(Int(chance.unit() * 500))
    if mayStart, chance.unit() < unrest { return disturb() }
    if let terminal = inFlight.keys.sorted().randomElement(using: &chance), due == nil || chance.unit() < 0.8 {
      return conclude(terminal)
    }
    guard let due else {
      Issue.record("waits for nothing")
      return end(.stopped)
    }
    now = max(now, due)
  }

  private mutating func disturb() {
    mayStart = false
    if chance.unit() < 0.5 {
      let isNew = scheduler.drain(at: now, deadline: .seconds(3))
      #expect(isNew)
    } else {
      scheduler.stop()
      letGo()
    }
    let isNewAgain = scheduler.drain(at: now, deadline: .seconds(3))
    #expect(!isNewAgain, "a second drain changes nothing")
  }

  private mutating func letGo() {
    mayStart = false
    for terminal in inFlight.keys.sorted() { scheduler.abandoned(terminal) }
    inFlight = [:]
  }

  private mutating func end(_ ending: SweepEnding) {
    #expect(inFlight.isEmpty, "nothing is in flight at the end")
    let left = attempts.keys.filter { !finished.contains($0) }
    switch ending {
    case .finished: #expect(left.isEmpty, "every terminal ended exactly once")
    case .drained(let pending): #expect(pending == left.count && pending > 0 && !mayStart)
    case .waiting(let pending):
      #expect(pending == left.count && pending > 0 && mayStart)
      #expect(
        left.allSatisfy { fleet.gateways(of: $0).contains { gates[$0] == .givenUp } }, "only what is given up waits")
    case .stopped: #expect(!left.isEmpty && !mayStart)
    }
    log.ending = ending
  }
}
