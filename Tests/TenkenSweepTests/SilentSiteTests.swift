import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenSweep

/// A site that stops answering is tried again later, with one terminal at a time.
struct SilentSiteTests {
  private let sites = [
    (site: SampleFleet.site("bangkok"), terminals: 1000), (site: SampleFleet.site("tokyo"), terminals: 1000),
  ]
  private let limits = Limits(concurrency: 100, perSite: 50, sitePause: PauseLimits(), sweepPause: PauseLimits())

  @Test func `it costs a few contacts, and goes on where it was when it answers again`() {
    var fleet = FleetSimulation(sites, limits: limits)
    let ending = fleet.run { terminal, now in
      terminal < 1000 && now > .seconds(5) && now < .seconds(60) ? .refused : .well()
    }
    #expect(ending == .finished)
    #expect(fleet.outcomes.values.count { $0 == .inspected } >= 1950, "\(fleet.outcomes.count)")
    #expect(fleet.holds.map(\.cause).allSatisfy { $0 == .silence("bangkok") })
    #expect(fleet.holds.contains { $0.standing == .released })
    let vain = fleet.starts(at: "bangkok").filter { $0 > .seconds(6) && $0 < .seconds(60) }
    #expect(vain.count < 60, "\(vain.count)")
  }

  @Test func `where it stays silent it is given up for this run, and the other one is done`() {
    var fleet = FleetSimulation(sites, limits: limits)
    let ending = fleet.run { terminal, _ in terminal < 1000 ? .refused : .well() }
    guard case .waiting(let pending)? = ending else {
      Issue.record("\(String(describing: ending))")
      return
    }
    #expect(pending > 900 && fleet.outcomes.keys.count { $0 >= 1000 } == 1000)
    #expect(fleet.holds.last?.standing == .givenUp)
  }

  @Test func `terminals that are off here and there are no silence, however fast they fail`() {
    for seed in UInt64(0)..<20 {
      var chance = SplitMix64(seed: seed)
      let isOff = (0..<2000).map { _ in chance.unit() < 0.35 }
      var fleet = FleetSimulation(sites, limits: limits)
      let ending = fleet.run { terminal, _ in isOff[terminal] ? .refused : .well(.seconds(20)) }
      #expect(ending == .finished && fleet.holds.isEmpty, "seed \(seed): \(fleet.holds.count)")
    }
  }

  @Test func `one that was silent when the sweep was interrupted gets one terminal first`() {
    var fleet = FleetSimulation(sites, limits: limits, doubts: Doubts(sites: ["bangkok"]))
    _ = fleet.run(until: .milliseconds(1)) { _, _ in .well() }
    #expect(fleet.starts(at: "bangkok").count == 1 && fleet.starts(at: "tokyo").count == 19)
    #expect(fleet.starts.first { $0.start.terminal < 1000 }?.start.isProbe == true)
    #expect(fleet.run { _, _ in .well() } == .finished)
    #expect(fleet.holds.map(\.standing) == [.released])
  }
}
