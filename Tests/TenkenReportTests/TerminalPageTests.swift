import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `The page of one terminal` {
  private func lines(_ sweep: SampleSweep, _ id: ID<Terminal>) -> [Substring] {
    let index = sweep.index(of: id)
    let page = TerminalPage(
      sweep.report(), terminal: index, record: sweep.records[index],
      attempts: sweep.records[index].last.map { [$0] } ?? [])
    return page.text.split(separator: "\n")
  }

  @Test func `names its sweep first, and then what qualifies it`() throws {
    let lines = lines(.qualified, "jp-tyo-0016")
    try #require(lines.count > 4)
    #expect(lines[0].hasPrefix("sweep 20261124-0530-k3fz  first night  began 2026-11-24 05:30"))
    #expect(lines[1] == "REHEARSAL: nothing was contacted; results are invented")
    #expect(lines[2].hasPrefix("PARTIAL: "))
    #expect(lines[3].hasPrefix("CHECKS: 6 of 7"))
    #expect(lines[4].hasPrefix("jp-tyo-0016  "))
    #expect(self.lines(.qualified, "jp-osa-0012")[4] == "SPECIMEN: its checks look at fixtures/osa-0012, not at it")
  }

  @Test(arguments: [
    ("jp-tyo-0016", "suspect"), ("jp-tyo-0020", "unsound"), ("jp-tyo-0018", "undetermined"), ("jp-tyo-0001", "sound"),
  ])
  func `says which state it is in`(id: String, state: String) {
    #expect(lines(.fleet, ID(id)!).contains("state  \(state)"))
  }

  @Test func `cuts off no fingerprint`() {
    let outcome = lines(.fleet, "jp-tyo-0020").first { $0.hasPrefix("outcome") } ?? ""
    #expect(outcome.hasSuffix("SHA256:n4bQgYhMfWWaLqgxVrQFaO0TxsrC4Is0V1sFbDwCgg0"))
  }
}
