import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenSweep

/// Limits on outcomes pause a site or the sweep; the rest goes on.
struct PauseTests {
  private func sites(_ count: Int, of terminals: Int) -> [(site: Site, terminals: Int)] {
    (0..<count).map { (SampleFleet.site(ID("s\($0)")!), terminals) }
  }

  @Test func `a key that nobody takes costs some logins, not one for each terminal`() {
    var fleet = FleetSimulation(sites(29, of: 1000), limits: Limits())
    let ending = fleet.run { _, _ in .denied }
    #expect(ending == .waiting(pending: 29_000 - fleet.outcomes.count))
    #expect(fleet.outcomes.count <= 40)
    guard case .limit(let crossing, .sweep)? = fleet.holds.last?.cause else {
      Issue.record("no limit of the sweep: \(fleet.holds)")
      return
    }
    #expect(crossing.outcome == .authFailed && crossing.limit == "more than 20%")
    #expect(fleet.holds.last?.standing == .givenUp && fleet.holds.last?.sites.count == 29)
  }

  @Test func `one site is paused, and the others are finished`() {
    var fleet = FleetSimulation(
      sites(5, of: 300), limits: Limits(sitePause: PauseLimits(authFailed: PauseLimit(percent: 20))))
    let ending = fleet.run { terminal, _ in terminal < 300 ? .denied : .well() }
    let there = fleet.outcomes.keys.filter { $0 < 300 }.count
    #expect(ending == .waiting(pending: 300 - there) && there < 60)
    #expect(fleet.outcomes.count - there == 1200)
    #expect(fleet.holds.map(\.sites) == [["s0"]], "its failures do not count against the others")
  }

  @Test(arguments: PauseLimits.outcomes)
  func `each limit counts its own outcome, in absolute numbers`(outcome: Outcome) {
    var pause = PauseLimits()
    pause[outcome] = PauseLimit(count: 7)
    let limits = Limits(firstWave: 1, retries: 0, sitePause: pause, sweepPause: PauseLimits())
    var fleet = FleetSimulation(sites(1, of: 500), limits: limits)
    let ending = fleet.run { terminal, _ in
      terminal % 10 == 0 ? FleetSimulation.Fate(time: .seconds(1), outcome: outcome) : .well()
    }
    #expect(fleet.outcomes.values.count { $0 == outcome } >= 8)
    #expect(ending == .waiting(pending: 500 - fleet.outcomes.count))
    for other in PauseLimits.outcomes where other != outcome {
      var fleet = FleetSimulation(sites(1, of: 100), limits: limits)
      let ending = fleet.run { terminal, _ in
        terminal % 4 == 0 ? FleetSimulation.Fate(time: .seconds(1), outcome: other) : .well()
      }
      #expect(ending == .finished, "\(other.rawValue) is not \(outcome.rawValue)")
    }
  }

  @Test func `a share says nothing of fewer than ten terminals`() {
    var fleet = FleetSimulation(sites(10, of: 9), limits: Limits(sweepPause: PauseLimits()))
    #expect(fleet.run { _, _ in .denied } == .finished)
  }

  @Test func `those in flight count as contacted: what fails at once does not outweigh what takes its time`() {
    for seed in UInt64(0)..<20 {
      var chance = SplitMix64(seed: seed)
      var fleet = FleetSimulation(sites(3, of: 1000), limits: Limits(concurrency: 400, perSite: 200))
      let ending = fleet.run { _, _ in
        chance.unit() < 0.06 ? .denied : .well(.seconds(Int(60 + chance.unit() * 120)))
      }
      #expect(ending == .finished, "6 % are fewer than 20 %, whichever come first")
    }
  }

  @Test func `what earlier runs brought counts, so a resume stays paused until a person overrides the limit`() {
    let settled = Dictionary(uniqueKeysWithValues: (0..<60).map { ($0 % 2 * 100 + $0 / 2, Outcome.authFailed) })
    var again = FleetSimulation(sites(2, of: 100), limits: Limits(), settled: settled)
    #expect(again.run { _, _ in .well() } == .waiting(pending: 140))
    #expect(again.starts.isEmpty)
    var over = FleetSimulation(sites(2, of: 100), limits: Limits(), settled: settled, overrides: [.init(.authFailed)])
    #expect(over.run { _, _ in .well() } == .finished)
    var other = FleetSimulation(sites(2, of: 100), limits: Limits(), settled: settled, overrides: [.init(.hostile)])
    #expect(other.run { _, _ in .well() } == .waiting(pending: 140))
  }

  @Test func `an override of one site leaves the limit of the others`() {
    let settled = Dictionary(uniqueKeysWithValues: (0..<200).filter { $0 % 100 < 30 }.map { ($0, Outcome.authFailed) })
    var fleet = FleetSimulation(
      sites(2, of: 100), limits: Limits(sweepPause: PauseLimits()), settled: settled,
      overrides: [.init(.authFailed, at: "s1")])
    #expect(fleet.run { _, _ in .well() } == .waiting(pending: 70))
    #expect(fleet.starts(at: "s0").isEmpty && fleet.starts(at: "s1").count == 70)
  }

  @Test func `unreachable terminals count once each, when they are final`() {
    var fleet = FleetSimulation(
      sites(1, of: 60),
      limits: Limits(
        firstWave: 0, retryBudget: 1000, sitePause: PauseLimits(unreachable: PauseLimit(count: 12)),
        sweepPause: PauseLimits()))
    #expect(fleet.run { terminal, _ in terminal % 5 == 0 ? .refused : .well() } == .finished, "twelve are not too many")
    #expect(fleet.starts.count == 48 + 12 * 3)
  }
}
