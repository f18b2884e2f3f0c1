import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenSweep

/// Those that let a deadline pass wait until nobody else can go.
struct LateQueueTests {
  private func time(hung: Double, refused: Double) -> (Duration, FleetSimulation) {
    var chance = SplitMix64(seed: 8)
    let fates = (0..<8000).map { _ in chance.unit() }
    var fleet = FleetSimulation(
      (0..<8).map { (SampleFleet.site(ID("s\($0)")!), 1000) },
      limits: Limits(concurrency: 400, perSite: 200, firstWave: 0))
    let ending = fleet.run { terminal, _ in
      fates[terminal] < hung ? .hung : fates[terminal] < hung + refused ? .refused : .well()
    }
    #expect(ending == .finished && fleet.outcomes.count == 8000)
    return (fleet.now, fleet)
  }

  @Test func `one in a hundred that hangs and five that refuse cost little more than their deadlines`() {
    let (calm, _) = time(hung: 0, refused: 0)
    let (troubled, fleet) = time(hung: 0.01, refused: 0.05)
    #expect(troubled < calm * 1.15 + .seconds(10) * 2 + .seconds(6), "\(calm) and then \(troubled)")
    #expect(fleet.outcomes.values.count { $0 == .timedOut } > 40)
  }

  @Test func `while others can go, nobody who hung is contacted again`() {
    let (_, fleet) = time(hung: 0.05, refused: 0)
    let last = fleet.starts.last { $0.start.attempt == 1 }?.at ?? .zero
    let again = fleet.starts.filter { $0.start.attempt > 1 }
    #expect(!again.isEmpty && again.allSatisfy { $0.at >= last - .seconds(1) })
  }

  @Test func `who hangs is tried half as often as who refuses`() {
    let (_, fleet) = time(hung: 0.01, refused: 0.01)
    let counts = Dictionary(grouping: fleet.starts, by: \.start.terminal).mapValues(\.count)
    for (terminal, outcome) in fleet.outcomes {
      #expect(counts[terminal] == (outcome == .timedOut ? 2 : outcome == .unreachable ? 3 : 1))
    }
  }

  @Test func `a site has a budget of further attempts`() {
    var fleet = FleetSimulation(
      [(SampleFleet.site("a"), 200), (SampleFleet.site("b"), 10)],
      limits: Limits(firstWave: 0, retries: 5, retryBudget: 10, sitePause: PauseLimits(), sweepPause: PauseLimits()))
    let ending = fleet.run { terminal, _ in terminal % 2 == 0 ? .refused : .well() }
    #expect(ending == .finished)
    #expect(fleet.starts(at: "a").count <= 200 + 20 + 100, "those that were in flight then may have one more")
    #expect(fleet.starts(at: "b").count >= 10 + 10, "however small it is, it has ten")
  }

  @Test func `a fleet of which some fail at random every time is cured by trying again`() {
    var chance = SplitMix64(seed: 3)
    var fleet = FleetSimulation([(SampleFleet.site("a"), 2000)], limits: Limits())
    #expect(fleet.run { _, _ in chance.unit() < 0.03 ? .refused : .well() } == .finished)
    #expect(fleet.outcomes.values.count { $0 != .inspected } <= 2)
  }
}
