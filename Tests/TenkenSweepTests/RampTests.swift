import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenSweep

struct RampTests {
  private func sites(_ count: Int, of terminals: Int) -> [(site: Site, terminals: Int)] {
    (0..<count).map { (SampleFleet.site(ID("s\($0)")!), terminals) }
  }

  @Test func `the first wave is small and spread over the sites`() {
    var fleet = FleetSimulation(sites(40, of: 10), limits: Limits())
    _ = fleet.run(until: .milliseconds(1)) { _, _ in .well() }
    #expect(fleet.starts.filter { $0.at == .zero }.count == 20)
    #expect(Set(fleet.starts.prefix(20).map { fleet.site(of: $0.start.terminal) }).count == 20)
  }

  @Test func `it rises with each outcome to the whole`() {
    var fleet = FleetSimulation(sites(10, of: 200), limits: Limits())
    var most: [Int] = []
    let ending = fleet.run { _, now in
      let second = Int(now.components.seconds)
      while most.count <= second { most.append(0) }
      most[second] += 1
      return .well()
    }
    #expect(ending == .finished)
    #expect(Array(most.prefix(5)) == [20, 40, 80, 160, 200])
  }

  @Test func `terminals that hang hold nobody else`() {
    var fleet = FleetSimulation(sites(10, of: 290), limits: Limits())
    _ = fleet.run(until: .seconds(60)) { terminal, _ in terminal % 290 == 0 ? .well(.seconds(300)) : .well() }
    #expect(fleet.ends.values.count { $0 < .seconds(25) } == 2890, "all but the ten that hang")
  }

  @Test func `without a first wave all start at once`() {
    var fleet = FleetSimulation(sites(10, of: 200), limits: Limits(firstWave: 0))
    _ = fleet.run(until: .milliseconds(1)) { _, _ in .well() }
    #expect(fleet.starts.filter { $0.at == .zero }.count == 200)
  }
}
