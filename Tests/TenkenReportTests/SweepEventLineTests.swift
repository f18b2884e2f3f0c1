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

@Suite struct `The lines of what keeps sites from being contacted` {
  private let inventory = SampleSweep.fleet.inventory

  private func line(_ standing: SiteCondition.Standing, nextTry: Duration? = nil) -> String {
    let conditions = ["bangkok", "jakarta"].map { site in
      SiteCondition(
        site: ID(site)!, standing: standing, gateway: "jump", outcome: standing == .released ? nil : .unreachable,
        reason: standing == .released ? "" : "refused\u{1B}[2J", at: Timestamp(milliseconds: 0))
    }
    return SweepEventLine.event(.conditions(conditions, nextTry: nextTry), of: inventory)
  }

  @Test func `are one a site, with the cause and the next try`() {
    let lines = line(.held, nextTry: .milliseconds(1500)).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines[0] == """
        {"event":"held","site":"bangkok","gateway":"jump","outcome":"unreachable","reason":"refused\\u001b[2J",\
        "next-try-ms":1500,"at":"1970-01-01T00:00:00.000Z"}
        """)
    #expect(line(.givenUp).hasPrefix(#"{"event":"given-up","site":"bangkok""#) && !line(.givenUp).contains("next-try"))
    #expect(
      line(.released).hasPrefix(
        #"{"event":"released","site":"bangkok","gateway":"jump","at":"1970-01-01T00:00:00.000Z"}"#))
  }

  @Test func `say who was turned back and how a sweep ends that waits`() {
    #expect(
      SweepEventLine.event(.turnedBack(terminal: 0), of: inventory)
        == "{\"event\":\"turned-back\",\"terminal\":\"jp-tyo-0001\"}\n")
    let report = SampleSweep.fleet.report()
    let end = SweepEventLine.end(.waiting(pending: 3), sweep: report.manifest.id, account: report.account, over: .ssh)
    #expect(end.contains("\"ending\":\"waiting\""))
  }
}
