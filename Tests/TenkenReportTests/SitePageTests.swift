import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `The page of a site` {
  @Test func `has a row for every terminal, the worst first`() throws {
    let report = SampleSweep.fleet.report()
    let page = ReportDocument.sitePage(report.sites[0]).rendered(report)
    #expect(page.matches(of: /<tr id="t-/).count == 20)
    let suspect = try #require(page.firstRange(of: "<tr id=\"t-jp-tyo-0016\">"))
    let sound = try #require(page.firstRange(of: "<tr id=\"t-jp-tyo-0001\">"))
    #expect(suspect.lowerBound < sound.lowerBound)
    #expect(!page.contains("th-bkk"))
  }

  @Test func `says what was seen, what did not answer and what to do`() {
    let report = SampleSweep.fleet.report()
    let page = ReportDocument.sitePage(report.sites[1]).rendered(report)
    #expect(page.contains("tcp 0.0.0.0:4444 /dev/shm/.a (deleted)"))
    #expect(page.contains("ssh.authkeys not-checked <span class=\"told\">needs root</span>"))
    #expect(page.contains("Copy the library that it names before anything is restarted"))
  }

  @Test func `marks a specimen behind a finding and in the table, as markup`() {
    var sweep = SampleSweep()
    sweep.add("planted-1", "tokyo-hq", said: ["log.wtmp": (.fail, "zeroed")], root: "/specimens/zeroed")
    let report = sweep.report()
    let page = ReportDocument.sitePage(report.sites[0]).rendered(report)
    let tag = "<span class=\"tag\">specimen</span>"
    #expect(page.contains("planted-1</a> \(tag) <span class=\"told\">zeroed</span>"))
    #expect(page.contains("<th scope=\"row\">planted-1 \(tag)"))
    for document in ReportDocument.all(of: report) { #expect(!document.rendered(report).contains("Markup(")) }
  }

  @Test func `of 3,000 terminals stays under 3 MB`() {
    var sweep = SampleSweep()
    sweep.sites = [sweep.sites[0]]
    for number in 0..<3000 {
      let said: [ID<Check>: (CheckResult, String)] =
        number % 3 == 0
        ? ["log.wtmp": (.fail, String(repeating: "long ", count: 60)), "net.listen": (.error, "?")] : [:]
      sweep.add(ID("terminal-of-tokyo-\(number)")!, "tokyo-hq", said: said, owner: "somebody-\(number)")
    }
    let report = sweep.report()
    let page = ReportDocument.sitePage(report.sites[0]).rendered(report)
    #expect(page.matches(of: /<tr id="t-/).count == 3000)
    #expect(page.utf8.count < 3_000_000)
  }

  @Test func `of a sound site says that there is nothing to do`() {
    var sweep = SampleSweep()
    sweep.add("a", "ohio")
    let report = sweep.report()
    let page = ReportDocument.sitePage(report.sites[4]).rendered(report)
    #expect(page.contains("Nothing. Keep the journal"))
    #expect(page.contains("Every listed terminal was wholly seen."))
  }
}
