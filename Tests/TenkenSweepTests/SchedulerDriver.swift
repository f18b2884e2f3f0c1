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
    var ending: SweepEnding?
  }

  private let plan: Plan
  /// Of 1 for each event: how often it is a drain, and how often a stop.
  private let unrest: Double
  private var scheduler: SweepScheduler
  private var chance: SplitMix64
  private var now = Duration.zero
  private var inFlight: Set<Int> = []
  private var attempts: [Int: Int] = [:]
  private var finished: Set<Int> = []
  private var log = Log()
  private var mayStart = true

  init(seed: UInt64, unrest: Double = 0) {
    self.unrest = unrest
    chance = SplitMix64(seed: seed, 1)
    plan = Self.plan(using: &chance)
    scheduler = SweepScheduler(plan: plan, seed: seed)
    for (terminal, disposition) in plan.dispositions.enumerated() {
      if case .inspect(_, let made) = disposition { attempts[terminal] = made }
    }
  }

  mutating func run() -> Log {
    for _ in 0..<20_000 where log.ending == nil {
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
    case .wait(let due): wait(until: due)
    case .cancel: letGo()
    case .end(let ending): end(ending)
    }
  }

  private mutating func begin(_ start: SweepScheduler.Start) {
    let terminal = start.terminal
    #expect(mayStart, "nothing starts after a drain or a stop")
    #expect(!inFlight.contains(terminal), "no terminal is in flight twice")
    #expect(!finished.contains(terminal), "nothing starts after its final attempt")
    #expect(start.attempt == attempts[terminal].map { $0 + 1 }, "attempts are counted from those before the resume")
    attempts[terminal] = start.attempt
    inFlight.insert(terminal)
    log.starts.append(start)
    #expect(inFlight.count == scheduler.inFlight)
    #expect(inFlight.count <= max(1, plan.limits.concurrency), "the fleet's ceiling holds")
    let site = plan.inventory.terminals[terminal].site
    let busy = inFlight.count { plan.inventory.terminals[$0].site == site }
    #expect(busy <= plan.ceiling(of: plan.inventory.sites.first { $0.id == site }), "the site's ceiling holds")
  }

  private mutating func wait(until due: Duration?) {
    if let due { #expect(due > now, "a wait is for later") }
    now += .milliseconds(Int(chance.unit() * 500))
    if mayStart, chance.unit() < unrest { return disturb() }
    if let terminal = inFlight.sorted().randomElement(using: &chance), due == nil || chance.unit() < 0.8 {
      return record(terminal)
    }
    guard let due else {
      Issue.record("waits for nothing")
      return end(.stopped)
    }
    now = max(now, due)
  }

  private mutating func record(_ terminal: Int) {
    let isFinal = chance.unit() < 0.7 || attempts[terminal, default: 0] > plan.limits.retries
    inFlight.remove(terminal)
    if isFinal { finished.insert(terminal) }
    scheduler.recorded(terminal, isFinal: isFinal, at: now)
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
    for terminal in inFlight { scheduler.abandoned(terminal) }
    inFlight = []
  }

  private mutating func end(_ ending: SweepEnding) {
    #expect(inFlight.isEmpty, "nothing is in flight at the end")
    let left = attempts.keys.filter { !finished.contains($0) }.count
    switch ending {
    case .finished: #expect(left == 0, "every terminal ended exactly once")
    case .drained(let pending): #expect(pending == left && left > 0 && !mayStart)
    case .stopped: #expect(left > 0 && !mayStart)
    }
    log.ending = ending
  }

  private static func plan(using chance: inout SplitMix64) -> Plan {
    let limits = Limits(
      concurrency: Int.random(in: 1...12, using: &chance), perSite: Int.random(in: 1...6, using: &chance),
      retries: Int.random(in: 0...3, using: &chance))
    let sites = (0..<Int.random(in: 1...6, using: &chance)).map { index in
      let ceiling = Bool.random(using: &chance) ? Int.random(in: 1...5, using: &chance) : nil
      return (
        site: SampleFleet.site(ID("s\(index)")!, concurrency: ceiling),
        terminals: Int.random(in: 0...25, using: &chance)
      )
    }
    let inventory = SampleFleet.inventory(sites, limits: limits)
    let dispositions = inventory.terminals.map { _ -> Plan.Disposition in
      switch chance.unit() {
      case ..<0.1: .excluded("not selected")
      case ..<0.2: .settled(.inspected)
      default: .inspect(set: 0, attempts: chance.unit() < 0.1 ? 1 : 0)
      }
    }
    return Plan(
      inventory: inventory, catalogue: SampleFleet.catalogue([]), limits: limits, checkSets: [[]],
      dispositions: dispositions)
  }
}
