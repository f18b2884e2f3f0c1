import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenSweep

struct PaceTests {
  private func site(_ id: ID<Site>, connects: Int? = nil, bytes: Int? = nil) -> Site {
    Site(id: id, name: "", connectsPerSecond: connects, bytesPerSecond: bytes)
  }

  @Test func `a site has its connections a second, and another one goes as fast as it can`() {
    var fleet = FleetSimulation(
      [(site("slow", connects: 5), 100), (site("fast"), 100)], limits: Limits(firstWave: 0))
    #expect(fleet.run { _, _ in .well() } == .finished)
    let times = fleet.starts(at: "slow")
    for (index, time) in times.enumerated().dropFirst(5) {
      #expect(time - times[index - 5] >= .milliseconds(999), "never six within a second")
    }
    #expect(times.last! >= .seconds(19) && times.last! < .seconds(21))
    #expect(fleet.starts(at: "fast").allSatisfy { $0 == .zero })
  }

  @Test func `the fleet's pace is that of each site that has none of its own`() {
    var fleet = FleetSimulation(
      [(site("a"), 20), (site("b"), 20), (site("c", connects: 100), 20)], limits: Limits(connectsPerSecond: 2))
    #expect(fleet.run { _, _ in .well(.milliseconds(10)) } == .finished)
    #expect(fleet.starts(at: "a").last! > .seconds(9) && fleet.starts(at: "b").last! > .seconds(9))
    #expect(fleet.starts(at: "c").last! < .seconds(1))
  }

  @Test(arguments: [1_000, 50_000, 400_000])
  func `a site has its bytes a second in the mean`(size: Int) {
    var chance = SplitMix64(seed: UInt64(size))
    var fleet = FleetSimulation([(site("a", bytes: 100_000), 300)], limits: Limits(concurrency: 30))
    var sum = 0
    let ending = fleet.run { _, _ in
      let bytes = Int(Double(size) * (0.5 + chance.unit()))
      sum += bytes
      return FleetSimulation.Fate(time: .milliseconds(500), outcome: .inspected, bytes: bytes)
    }
    #expect(ending == .finished)
    let seconds = Double(fleet.now.wholeMilliseconds) / 1000
    // Nobody knows what the first ones bring: so many may come above the rate.
    #expect(Double(sum - 31 * size * 3 / 2) / seconds < 105_000, "\(sum) bytes in \(seconds) s")
  }

  @Test func `terminals of one hypervisor are contacted few at a time, over all sites`() {
    let sites = ["a", "b", "c"].map { SampleFleet.site(ID($0)!) }
    let terminals = (0..<300).map { number in
      Terminal(
        id: ID("t\(number)")!, address: "127.0.0.1", site: sites[number % 3].id,
        tags: number % 2 == 0 ? ["vm", "hypervisor"] : ["lab"])
    }
    var fleet = FleetSimulation(
      SampleFleet.inventory(sites: sites, terminals: terminals, limits: Limits(tags: ["hypervisor": 4], firstWave: 0)))
    #expect(fleet.run { _, _ in .well() } == .finished)
    let times = Dictionary(grouping: fleet.starts.filter { $0.start.terminal % 2 == 0 }, by: \.at).mapValues(\.count)
    #expect(times.values.allSatisfy { $0 <= 4 } && times.count == 38)
    #expect(fleet.starts.filter { $0.start.terminal % 2 == 1 }.allSatisfy { $0.at < .seconds(1) })
  }
}
