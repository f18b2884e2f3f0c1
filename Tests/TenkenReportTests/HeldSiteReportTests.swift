import TenkenAnalysis
import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `A report of sites that are held` {
  private static let remark =
    "HELD: 3 terminals of bangkok, jakarta not contacted: gateway jump: connection refused, "
    + "since 2026-11-24 05:30:00 UTC"

  private func words(_ text: String) -> String { text.replacing(/\s+/, with: " ") }

  @Test func `says so before anything else, for whom, why and since when`() {
    let report = SampleSweep.held().report()
    #expect(words(TextReport.render(report)).contains(Self.remark))
    #expect(words(TextReport.screen(report)).contains(Self.remark))
    #expect(words(StatusPage(report, runs: []).text).contains(Self.remark))
    #expect(ReportDocument.indexPage.rendered(report).contains("<p class=\"banner\" role=\"note\">\(Self.remark)</p>"))
    #expect(ReportDocument.jsonLines.rendered(report).contains(Self.remark))
  }

  @Test func `a site's page tells of that site, and another site's page of none`() {
    let report = SampleSweep.held().report()
    let pages = report.sites.map { ReportDocument.sitePage($0).rendered(report) }
    let banner = "<p class=\"banner\" role=\"note\">HELD: "
    #expect(pages[2].contains("\(banner)2 terminals of bangkok not contacted: gateway jump: connection refused"))
    #expect(pages[3].contains("\(banner)1 terminal of jakarta not contacted"))
    #expect(!pages[4].contains(banner))
  }

  @Test func `each terminal that waits says for what`() {
    let report = SampleSweep.held().report()
    let rows = ReportDocument.terminalsCSV.rendered(report).split(separator: "\r\n")
    #expect(rows.count { $0.contains(",not contacted: gateway jump: connection refused,") } == 3)
    #expect(
      words(TextReport.render(report)).contains(
        "3 pending: not done yet not contacted: gateway jump: connection refused"))
  }

  @Test func `an impostor of a gateway is told as one finding in every format`() {
    let report = SampleSweep.held(.hostKeyMismatch, "the host shows <another> key").report()
    let title = "Gateway jump shows another host key than the one on record"
    #expect(words(TextReport.render(report)).contains("high \(title) [jump.host-key-mismatch]: before bangkok jakarta"))
    #expect(TextReport.render(report).hasPrefix("PARTIAL"))
    #expect(words(TextReport.render(report)).contains("Unsound: a gateway on the way to them has a serious finding"))
    let page = ReportDocument.sitePage(report.sites[2]).rendered(report)
    #expect(page.contains(title) && page.contains("the host shows &lt;another&gt; key"))
    #expect(page.contains("Ask whoever runs the gateway") && !page.contains("<another>"))
    let rows = ReportDocument.findingsCSV.rendered(report).split(separator: "\r\n")
    #expect(rows.count == 3, "the heads, and a row a site")
    #expect(rows.dropFirst().allSatisfy { $0.contains(",gateway,jump.host-key-mismatch,") })
    let lines = ReportDocument.jsonLines.rendered(report).split(separator: "\n")
    #expect(lines.count { $0.contains(#""kind":"finding""#) } == 1)
    #expect(lines.contains { $0.contains(#""sites":["bangkok","jakarta"]"#) && $0.contains(#""terminals":[]"#) })
    for document in ReportDocument.all(of: report) { #expect(!document.rendered(report).contains("Markup(")) }
  }

  @Test func `of one site leaves the other's out`() {
    let report = SampleSweep.held(.hostKeyMismatch, "another key").report(only: ["jakarta"])
    #expect(report.findings.map { $0.places.map(\.site) } == [["jakarta"]])
    #expect(!TextReport.render(report).contains("bangkok"))
    #expect(report.account.soundness == .unsound)
    #expect(SampleSweep.held(.hostKeyMismatch, "another key").report(only: ["ohio"]).account.soundness == .sound)
  }

  @Test func `many sites are named by their number`() {
    var sweep = SampleSweep()
    sweep.sites = (0..<9).map { Site(id: ID("s\($0)")!, name: "") }
    for site in sweep.sites {
      sweep.add(ID("\(site.id)-1")!, site.id, .pending, "not contacted yet")
      sweep.conditions.append(
        SiteCondition(
          site: site.id, standing: .held, gateway: "jump", outcome: .timedOut, reason: "no banner",
          at: Timestamp(milliseconds: 0)))
    }
    #expect(
      HoldRemark.remarks(of: sweep.report().sites).first?.hasPrefix(
        "HELD: 9 terminals of s0, s1, s2, s3 and 5 more sites not contacted: gateway jump: no banner") == true)
  }
}
