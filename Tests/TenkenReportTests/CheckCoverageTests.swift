import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `The checks that were run` {
  private static let all = SampleSweep.allChecks

  @Test func `are remarked on where they are fewer than were due`() {
    #expect(coverage(["acct.uid0"]).remark == "CHECKS: 1 of 6 were run: acct.uid0")
    #expect(coverage(Self.all.dropFirst().map(\.id)).remark == "CHECKS: 5 of 6 were run, not acct.uid0")
    #expect(coverage([]).remark == "CHECKS: 0 of 6 were run")
    #expect(coverage(Self.all.map(\.id)).remark == nil)
  }

  @Test func `are named up to six`() {
    let many = (10..<30).map { SampleSweep.check(ID("check.n\($0)")!, .low, .integrity, "", "", "") }
    let remark = CheckCoverage(run: many.prefix(8).map(\.id), of: many, platforms: ["linux"]).remark
    #expect(remark?.hasSuffix("check.n15 and 2 more") == true)
  }

  @Test func `are enough without heavy ones and those for platforms that nothing runs`() {
    let odd = [
      Check(
        id: "heavy", version: 1, title: "", severity: .low, checkClass: .integrity, cost: .heavy, script: [],
        digest: SampleSweep.digest, file: ""),
      Check(
        id: "mac", version: 1, title: "", severity: .low, checkClass: .integrity, platforms: ["macos"], script: [],
        digest: SampleSweep.digest, file: ""),
    ]
    #expect(CheckCoverage(run: Self.all.map(\.id), of: Self.all + odd, platforms: ["linux"]).isWhole)
    #expect(!CheckCoverage(run: Self.all.map(\.id), of: Self.all + odd, platforms: ["linux", "macos"]).isWhole)
    let heavy = CheckCoverage(run: ["heavy"], of: Self.all + odd, platforms: ["linux"])
    #expect(heavy.remark == "CHECKS: 1 of 7 were run: heavy")
  }

  @Test func `are told on every page and row, loudly but calmer than what is partial`() {
    var sweep = SampleSweep.fleet
    sweep.catalogue = sweep.checks + [SampleSweep.check("zz.last", .low, .integrity, "", "", "")]
    let report = sweep.report()
    for document in ReportDocument.all(of: report) {
      let text = document.rendered(report).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(text.contains("CHECKS: 6 of 7 were run, not zz.last"), "\(document.name)")
    }
    let page = ReportDocument.indexPage.rendered(report)
    #expect(page.contains("<p class=\"banner calm\" role=\"note\">CHECKS: 6 of 7"))
    let line = ReportDocument.jsonLines.rendered(report).split(separator: "\n")[0]
    #expect(line.contains("\"checks_left_out\":[\"zz.last\"]"))
    #expect(line.contains("\"checks_run\":[\"acct.uid0\","))
    for document in ReportDocument.all(of: SampleSweep.fleet.report()) {
      #expect(!document.rendered(SampleSweep.fleet.report()).contains("CHECKS:"), "\(document.name)")
    }
  }

  private func coverage(_ run: [ID<Check>]) -> CheckCoverage {
    CheckCoverage(run: run, of: Self.all, platforms: ["linux"])
  }
}
