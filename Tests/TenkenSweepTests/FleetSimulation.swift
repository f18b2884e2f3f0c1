import TenkenModel
import TenkenTestSupport

@testable import TenkenSweep

/// A fleet whose contacts take their time, on a clock that jumps to whatever happens next.
struct FleetSimulation {
  /// How a contact ends, and after what time.
  struct Fate {
    let time: Duration
    let outcome: Outcome
    var bytes: Int?

    static func well(_ time: Duration = .seconds(1)) -> Fate { Fate(time: time, outcome: .inspected) }
    static let refused = Fate(time: .milliseconds(50), outcome: .unreachable)
    static let hung = Fate(time: .seconds(10), outcome: .timedOut)
    static let denied = Fate(time: .milliseconds(300), outcome: .authFailed)

    var isTransient: Bool { outcome == .unreachable || outcome == .timedOut }
  }

  let inventory: Inventory
  private(set) var scheduler: SweepScheduler
  private(set) var now = Duration.zero
  private(set) var starts: [(start: SweepScheduler.Start, at: Duration)] = []
  private(set) var outcomes: [Int: Outcome] = [:]
  /// When each had its outcome.
  private(set) var ends: [Int: Duration] = [:]
  private(set) var holds: [HoldChange] = []
  private(set) var hours: [HoursChange] = []
  private var flying = PriorityQueue<Duration>()
  private var fates: [Int: (start: SweepScheduler.Start, fate: Fate)] = [:]

  init(
    _ sites: [(site: Site, terminals: Int)], limits: Limits, settled: [Int: Outcome] = [:], doubts: Doubts = Doubts(),
    overrides: Set<LimitOverride> = [], started: Timestamp = Timestamp(milliseconds: 0),
    offset: @escaping SiteHours.Offset = { _, _ in .zero }
  ) {
    self.init(
      SampleFleet.inventory(sites, limits: limits), settled: settled, doubts: doubts, overrides: overrides,
      started: started, offset: offset)
  }

  init(
    _ inventory: Inventory, settled: [Int: Outcome] = [:], doubts: Doubts = Doubts(),
    overrides: Set<LimitOverride> = [], started: Timestamp = Timestamp(milliseconds: 0),
    offset: @escaping SiteHours.Offset = { _, _ in .zero }
  ) {
    self.inventory = inventory
    let plan = Plan(
      inventory: inventory, catalogue: SampleFleet.catalogue([]), limits: inventory.limits, checkSets: [[]],
      dispositions: inventory.terminals.indices.map { index in
        settled[index].map { .settled($0) } ?? .inspect(set: 0, attempts: 0)
      })
    scheduler = SweepScheduler(
      plan: plan, seed: 1, doubts: doubts, overrides: overrides, started: started, offset: offset)
    takeChanges()
  }

  /// Runs to the end, or to a time.
  mutating func run(until end: Duration = .seconds(1_000_000), _ fate: (Int, Duration) -> Fate) -> SweepEnding? {
    while now < end {
      switch scheduler.next(at: now) {
      case .start(let start):
        let fate = fate(start.terminal, now)
        starts.append((start, now))
        fates[start.terminal] = (start, fate)
        flying.insert(start.terminal, rank: now + fate.time)
      case .wait(let due):
        guard let next = [flying.least, due].compactMap(\.self).min() else { return nil }
        now = max(now, next)
        while let terminal = flying.popFirst(upTo: now) { conclude(terminal) }
      case .cancel: return nil
      case .end(let ending): return ending
      }
      takeChanges()
    }
    return nil
  }

  func site(of terminal: Int) -> ID<Site> { inventory.terminals[terminal].site }
  func starts(at site: ID<Site>) -> [Duration] { starts.filter { self.site(of: $0.start.terminal) == site }.map(\.at) }
  var inFlight: Int { fates.count }

  private mutating func conclude(_ terminal: Int) {
    guard let (start, fate) = fates.removeValue(forKey: terminal) else { return }
    let isSlow = fate.time >= inventory.limits.connectTimeout && fate.isTransient
    let isFinal = !fate.isTransient || start.isLastTry || isSlow && start.isLastIfSlow
    if isFinal {
      outcomes[terminal] = fate.outcome
      ends[terminal] = now
    }
    scheduler.recorded(
      terminal, isFinal ? .end : .retry, outcome: fate.outcome, isSlow: isSlow, bytes: fate.bytes, at: now)
  }

  private mutating func takeChanges() {
    holds += scheduler.takeHoldChanges()
    hours += scheduler.takeHoursChanges()
  }
}
