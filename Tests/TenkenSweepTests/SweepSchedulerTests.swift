import TenkenModel
import TenkenPlan
import TenkenTestSupport
import Testing

@testable import TenkenSweep

struct SweepSchedulerTests {
  @Test func `whatever happens, ceilings hold and every terminal ends exactly once`() {
    var waiting = 0
    var changes = 0
    for seed in UInt64(0)..<300 {
      var driver = SchedulerDriver(seed: seed)
      let log = driver.run()
      changes += log.changes.count
      switch log.ending {
      case .finished: continue
      case .waiting: waiting += 1
      default: Issue.record("seed \(seed) ended with \(log.ending.debugDescription)")
      }
    }
    #expect(
      waiting > 50 && waiting < 250 && changes > 500, "the fleets have every kind of gateway: \(waiting), \(changes)")
  }

  @Test func `whenever it is drained or stopped, nothing starts and what is left is counted`() {
    var endings: [Bool: Int] = [:]
    for seed in UInt64(0)..<300 {
      var driver = SchedulerDriver(seed: seed, unrest: 0.03)
      endings[driver.run().ending?.isOnItsOwn == true, default: 0] += 1
    }
    #expect(endings[false, default: 0] > 100)
  }

  @Test func `the same seed and the same events give the same steps`() {
    for seed in UInt64(0)..<20 {
      var first = SchedulerDriver(seed: seed, unrest: 0.01)
      var second = SchedulerDriver(seed: seed, unrest: 0.01)
      #expect(first.run() == second.run())
    }
  }

  private func scheduler(_ sites: [(site: Site, terminals: Int)], limits: Limits) -> SweepScheduler {
    SweepScheduler(plan: SampleFleet.plan(SampleFleet.inventory(sites, limits: limits)), seed: 1)
  }

  /// Starts whatever may start, in order.
  private func starts(of scheduler: inout SweepScheduler, at now: Duration = .zero) -> [Int] {
    var terminals: [Int] = []
    while case .start(let start) = scheduler.next(at: now) { terminals.append(start.terminal) }
    return terminals
  }

  private func expect(
    _ scheduler: inout SweepScheduler, at now: Duration, _ step: SweepScheduler.Step,
    at location: SourceLocation = #_sourceLocation
  ) {
    let next = scheduler.next(at: now)
    #expect(next == step, sourceLocation: location)
  }

  private func expectStarts(
    _ scheduler: inout SweepScheduler, at now: Duration = .zero, _ terminals: [Int],
    at location: SourceLocation = #_sourceLocation
  ) {
    let starts = starts(of: &scheduler, at: now)
    #expect(starts == terminals, sourceLocation: location)
  }

  private func expectDrain(
    _ scheduler: inout SweepScheduler, at now: Duration, at location: SourceLocation = #_sourceLocation
  ) {
    let isNew = scheduler.drain(at: now, deadline: .seconds(30))
    #expect(isNew, sourceLocation: location)
  }

  @Test func `sites take turns, so a large one does not starve a small one`() {
    var scheduler = scheduler(
      [(SampleFleet.site("large"), 1000), (SampleFleet.site("small"), 3)], limits: Limits(concurrency: 7))
    expectStarts(&scheduler, [0, 1000, 1, 1001, 2, 1002, 3])
  }

  @Test func `a freed slot goes to the site whose turn it is`() {
    var scheduler = scheduler(
      [(SampleFleet.site("a"), 100), (SampleFleet.site("b"), 100), (SampleFleet.site("c"), 100)],
      limits: Limits(concurrency: 3))
    expectStarts(&scheduler, [0, 100, 200])
    scheduler.recorded(0, .end, at: .zero)
    expectStarts(&scheduler, [1])
    scheduler.recorded(1, .end, at: .zero)
    expectStarts(&scheduler, [101])
    scheduler.recorded(101, .end, at: .zero)
    expectStarts(&scheduler, [201])
  }

  @Test func `between two starts of a site that has work every other site starts at most once`() {
    let sizes = [400, 37, 90, 5]
    var scheduler = scheduler(
      sizes.enumerated().map { (SampleFleet.site(ID("s\($0.offset)")!), $0.element) },
      limits: Limits(concurrency: 20, perSite: 20))
    var counts = [0, 0, 0, 0]
    var flying: [Int] = []
    var chance = SplitMix64(seed: 3)
    while true {
      switch scheduler.next(at: .zero) {
      case .start(let start):
        flying.append(start.terminal)
        counts[start.terminal < 400 ? 0 : start.terminal < 437 ? 1 : start.terminal < 527 ? 2 : 3] += 1
        let working = counts.indices.filter { counts[$0] < sizes[$0] }.map { counts[$0] }
        #expect((working.max() ?? 0) - (working.min() ?? 0) <= 1)
      case .wait:
        scheduler.recorded(
          flying.remove(at: Int.random(in: flying.indices, using: &chance)), .end, at: .zero)
      case .cancel, .end: return #expect(counts == sizes)
      }
    }
  }

  private func scheduler(
    _ sites: [(site: Site, terminals: Int)], gateways: [Gateway], limits: Limits, doubtful: Set<ID<Gateway>> = []
  ) -> SweepScheduler {
    let inventory = SampleFleet.inventory(sites, gateways: gateways, limits: limits)
    return SweepScheduler(
      plan: SampleFleet.plan(inventory), seed: 1, canFallBack: true, doubts: Doubts(gateways: doubtful))
  }

  @Test func `a gateway's ceiling is over all sites behind it, and who waits for it holds up nobody`() {
    var scheduler = scheduler(
      [
        (SampleFleet.site("a", gateways: ["jump"]), 10), (SampleFleet.site("b", gateways: ["jump"]), 10),
        (SampleFleet.site("c"), 4),
      ], gateways: [SampleFleet.gateway("jump", concurrency: 3)], limits: Limits(concurrency: 20, perSite: 10))
    expectStarts(&scheduler, [0, 10, 20, 1, 21, 22, 23])
    scheduler.recorded(0, .end, at: .zero)
    expectStarts(&scheduler, [11])
    scheduler.recorded(10, .end, at: .zero)
    expectStarts(&scheduler, [2])
  }

  @Test func `a way over several gateways takes a slot of each`() {
    var scheduler = scheduler(
      [
        (SampleFleet.site("near", gateways: ["outer"]), 5), (SampleFleet.site("far", gateways: ["outer", "inner"]), 5),
      ],
      gateways: [SampleFleet.gateway("outer", concurrency: 4), SampleFleet.gateway("inner", concurrency: 1)],
      limits: Limits())
    expectStarts(&scheduler, [0, 5, 1, 2])
    scheduler.recorded(0, .end, at: .zero)
    expectStarts(&scheduler, [3])
    scheduler.recorded(5, .end, at: .zero)
    expectStarts(&scheduler, [6])
  }

  @Test func `the system's ssh has a ceiling of its own, which sites share in turn`() {
    var scheduler = scheduler(
      [
        (SampleFleet.site("a", client: .openSSH), 5), (SampleFleet.site("b", client: .openSSH), 5),
        (SampleFleet.site("c"), 5),
      ], gateways: [], limits: Limits(openSSH: 2))
    expectStarts(&scheduler, [0, 5, 10, 11, 12, 13, 14])
    for (done, next) in [(0, 1), (5, 6), (1, 2), (2, 7), (6, 3)] {
      scheduler.recorded(done, .end, at: .zero)
      expectStarts(&scheduler, [next])
    }
  }

  @Test func `what goes to the system's ssh goes there at once, and leaves the site its other slots`() {
    var scheduler = scheduler([(SampleFleet.site("a"), 4)], gateways: [], limits: Limits(concurrency: 2, openSSH: 1))
    expectStarts(&scheduler, [0, 1])
    scheduler.recorded(0, .openSSH, at: .zero)
    expect(&scheduler, at: .zero, .start(.init(terminal: 0, attempt: 2, set: 0, client: .openSSH, isFallback: true)))
    scheduler.recorded(1, .openSSH, at: .zero)
    expectStarts(&scheduler, [2])
    scheduler.recorded(0, .end, at: .zero)
    expect(&scheduler, at: .zero, .start(.init(terminal: 1, attempt: 2, set: 0, client: .openSSH, isFallback: true)))
  }

  @Test func `behind a gateway that was in doubt one terminal of all sites goes first`() {
    var scheduler = scheduler(
      [(SampleFleet.site("a", gateways: ["jump"]), 5), (SampleFleet.site("b", gateways: ["jump"]), 5)],
      gateways: [SampleFleet.gateway("jump")], limits: Limits(perSite: 2), doubtful: ["jump"])
    expect(&scheduler, at: .zero, .start(.init(terminal: 0, attempt: 1, set: 0, isProbe: true)))
    expect(&scheduler, at: .zero, .wait(until: nil))
    scheduler.gotPast(0)
    let changes = scheduler.takeHoldChanges()
    #expect(changes.map(\.standing) == [.released] && changes[0].sites == ["a", "b"])
    expectStarts(&scheduler, [5, 1, 6])
  }

  @Test func `a waiting retry holds no slot and wakes the sweep when it is due`() throws {
    var scheduler = scheduler([(SampleFleet.site("a"), 2)], limits: Limits(concurrency: 1))
    expectStarts(&scheduler, [0])
    scheduler.recorded(0, .retry, at: .seconds(10))
    expectStarts(&scheduler, at: .seconds(10), [1])
    expect(&scheduler, at: .seconds(10), .wait(until: nil))
    scheduler.recorded(1, .end, at: .seconds(10))
    guard case .wait(let due?) = scheduler.next(at: .seconds(10)) else {
      Issue.record("it does not ask to be woken")
      return
    }
    #expect(due >= .seconds(11) && due <= .seconds(12))
    expect(&scheduler, at: due - .milliseconds(1), .wait(until: due))
    expect(&scheduler, at: due, .start(.init(terminal: 0, attempt: 2, set: 0, isLastIfSlow: true)))
    scheduler.recorded(0, .end, at: due)
    expect(&scheduler, at: due, .end(.finished))
  }

  @Test func `a drain lets what is in flight finish and leaves the retries`() {
    var scheduler = scheduler([(SampleFleet.site("a"), 5)], limits: Limits(concurrency: 2))
    expectStarts(&scheduler, [0, 1])
    scheduler.recorded(0, .retry, at: .seconds(1))
    expectStarts(&scheduler, at: .seconds(1), [2])
    expectDrain(&scheduler, at: .seconds(1))
    expect(&scheduler, at: .seconds(20), .wait(until: .seconds(31)))
    scheduler.recorded(1, .end, at: .seconds(21))
    scheduler.recorded(2, .end, at: .seconds(21))
    expect(&scheduler, at: .seconds(21), .end(.drained(pending: 3)))
  }

  @Test func `a drain cancels at its deadline and stays a drain`() {
    var scheduler = scheduler([(SampleFleet.site("a"), 5)], limits: Limits(concurrency: 2))
    expectStarts(&scheduler, [0, 1])
    expectDrain(&scheduler, at: .seconds(1))
    expect(&scheduler, at: .seconds(31), .cancel)
    expect(&scheduler, at: .seconds(31), .wait(until: nil))
    scheduler.abandoned(0)
    scheduler.stop()
    scheduler.recorded(1, .end, at: .seconds(31))
    expect(&scheduler, at: .seconds(31), .end(.drained(pending: 4)))
  }

  @Test func `a drain that leaves nothing is an end like any other`() {
    var scheduler = scheduler([(SampleFleet.site("a"), 1)], limits: Limits())
    expectStarts(&scheduler, [0])
    expectDrain(&scheduler, at: .zero)
    scheduler.recorded(0, .end, at: .seconds(1))
    expect(&scheduler, at: .seconds(1), .end(.finished))
  }

  @Test func `nothing to do is finished at once, and a ceiling of nothing does not stall`() {
    var nothing = scheduler([], limits: Limits())
    expect(&nothing, at: .zero, .end(.finished))
    var idle = scheduler([(SampleFleet.site("a"), 1)], limits: Limits(concurrency: 0, perSite: 0))
    expectStarts(&idle, [0])
  }
}

extension SweepEnding {
  /// Nobody asked for it.
  fileprivate var isOnItsOwn: Bool {
    switch self {
    case .finished, .waiting: true
    case .drained, .stopped: false
    }
  }
}
