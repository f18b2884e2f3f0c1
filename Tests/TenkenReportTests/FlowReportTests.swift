import TenkenAnalysis
import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `A report of connections` {
  private let report = SampleSweep.connected.report()

  private func words(_ text: String) -> String { text.replacing(/\s+/, with: " ") }

  @Test func `has the one that nothing allows as a finding in every format`() throws {
    let title = "A connection between sites that nothing allows"
    #expect(words(TextReport.render(report)).contains("critical \(title) [flow-unauthorised]: "))
    for page in [ReportDocument.indexPage, .sitePage(report.sites[0])] {
      let text = page.rendered(report)
      #expect(text.contains(title) && text.contains("&lt;b&gt;root&lt;/b&gt;") && !text.contains("<b>root</b>"))
      #expect(text.contains("T1021@v19"))
    }
    let csv = ReportDocument.findingsCSV.rendered(report)
    #expect(csv.contains("critical,flow,flow,flow-unauthorised,"))
    #expect(ReportDocument.xccdf(report.sites[0]).rendered(report).contains("rule_flow.flow-unauthorised"))
    #expect(ReportDocument.junit(report.sites[0]).rendered(report).contains("name=\"flow.flow-unauthorised\""))
  }

  @Test func `has a matrix in which a silence says what it rests on`() {
    let page = ReportDocument.indexPage.rendered(report)
    #expect(page.contains("<th scope=\"row\">tokyo-hq<small>1 of 1 told</small></th>"))
    #expect(page.contains("<th scope=\"row\">ohio<small>0 of 1 told</small></th>"))
    #expect(page.contains("<td class=\"zero\">none seen</td>"))
    #expect(page.contains("<td class=\"zero\">not observed</td>"), "between Ohio and Jakarta nobody looked")
    #expect(page.contains("▲ 1 unauthorised</span><small>2 hosts, last 2026-11-20</small>"))
    #expect(page.contains("✓ 1 authorised"))
  }

  @Test func `lists what no inventory lists`() {
    let page = ReportDocument.indexPage.rendered(report)
    #expect(page.contains("Shadow terminals") && page.contains("<td>172.16.9.9</td><td>unassociated</td>"))
    #expect(FlowsPage(report).text(most: 9).contains("  172.16.9.9  unassociated, seen by th-1"))
  }

  @Test func `as text tells what is left out, and fits a screen`() {
    let text = FlowsPage(report).text(most: 1)
    #expect(text.contains("--most 2 shows all"))
    let page = words(text)
    #expect(page.contains("unauthorised th-1 (bangkok, 10.7.0.1) -> jp-1 (tokyo-hq, 10.8.0.3) 22/tcp: 3 logins of"))
    #expect(page.contains("of which 6 nobody observed at either end"))
    #expect(page.contains("resting on: tokyo-hq 1 of 1 told, osaka-plant 0 of 0 told, bangkok 2 of 2 told"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 110 })
  }

  @Test func `as CSV and JSON has every one of them, with who told of it`() {
    let rows = ReportDocument.flowsCSV.rendered(report).split(separator: "\r\n")
    #expect(rows.count == 5)
    #expect(rows.last?.hasPrefix("total,,,,,,,,,,,,3,,,,4,4,20261124-0530-k3fz,") == true)
    #expect(rows[1].hasPrefix("unauthorised,bangkok,10.7.0.1,th-1,tokyo-hq,10.8.0.3,jp-1,tcp,22,known,login,"))
    let lines = FlowsPage.jsonLines(of: report).split(separator: "\n")
    #expect(lines.count { $0.contains(#""kind":"flow""#) } == 3)
    #expect(lines.last?.contains(#""heard":3,"listed":4"#) == true)
  }

  @Test func `of one site leaves the others' out`() {
    let report = SampleSweep.connected.report(only: ["ohio"])
    #expect(ReportDocument.flowsCSV.rendered(report).split(separator: "\r\n").count == 2)
    #expect(ReportDocument.sitePage(report.sites[0]).rendered(report).contains("None was seen."))
  }

  @Test func `without a policy says that nothing is judged`() {
    var sweep = SampleSweep.connected
    sweep.flows = nil
    let report = sweep.report()
    #expect(words(FlowsPage(report).text(most: 9)).contains("no flow policy (policy.yaml), so that nothing is judged"))
    #expect(report.account[.suspect] == 0)
    let results = report.testedResults(of: 2, checks: [])
    #expect(
      results.first { $0.rule == .flowFinding(.unauthorised) }?.answer == .result(.notChecked), "not judged is no pass")
  }

  @Test func `is not there where no check asked`() {
    let report = SampleSweep.fleet.report()
    #expect(!ReportDocument.indexPage.rendered(report).contains("id=\"flows\""))
    #expect(words(FlowsPage(report).text(most: 9)).contains("No check of this sweep tells of connections"))
  }
}
