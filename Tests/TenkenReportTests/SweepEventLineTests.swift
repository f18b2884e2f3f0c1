import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `The first and the last line of a sweep's events` {
  @Test(arguments: Scope.Transport.allCases)
  func `say over what it goes`(transport: Scope.Transport) {
    let report = SampleSweep.fleet.report()
    let begin = SweepEventLine.begin(report.manifest.id, planned: 3, of: report.inventory, over: transport)
    let end = SweepEventLine.end(.finished, sweep: report.manifest.id, account: report.account, over: transport)
    for line in [begin, end] { #expect(line.contains("\"transport\":\"\(transport.rawValue)\"")) }
  }
}
