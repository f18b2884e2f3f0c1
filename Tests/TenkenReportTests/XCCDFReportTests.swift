import Foundation
import FoundationXML
import TenkenAnalysis
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenReport

@Suite struct `A report as XCCDF results` {
  private static let hasOscap = Tool.oscap.isInstalled

  @Test(.enabled(if: hasOscap, "left out: oscap (openscap-scanner) is not installed"))
  func `is valid by OpenSCAP's schema, whatever the terminals sent`() async throws {
    for report in [SampleSweep.hostile.report(), SampleSweep.fleet.report(), SampleSweep.qualified.report()] {
      // Its Schematron takes minutes for a site of some size; what it asks beyond the schema is asked below.
      try await expectValid(report, ["--skip-schematron"])
    }
  }

  @Test(.enabled(if: hasOscap, "left out: oscap (openscap-scanner) is not installed"))
  func `is valid by OpenSCAP's Schematron`() async throws {
    var sweep = SampleSweep()
    sweep.add("jp-tyo-0016", "tokyo-hq", said: ["log.wtmp": (.fail, "38 records are all zero")])
    sweep.add("th-bkk-0010", "bangkok", .unreachable, "no answer within 10s (connect)")
    try await expectValid(sweep.report(), [])
  }

  private func expectValid(_ report: Report, _ options: [String]) async throws {
    try await withTemporaryDirectory { directory in
      for path in try ReportWriter().write([.xccdf], of: report, to: directory.path) {
        let (output, status) = try Tool.oscap.run(["xccdf", "validate"] + options + [path])
        #expect(status == 0, "\(path): \(output.prefix(2000))")
      }
    }
  }

  @Test(.enabled(if: hasOscap, "left out: oscap (openscap-scanner) is not installed"))
  func `that is broken is refused by OpenSCAP`() async throws {
    try await withTemporaryDirectory { directory in
      let paths = try ReportWriter().write([.xccdf], of: SampleSweep.fleet.report(), to: directory.path)
      let path = try #require(paths.first)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacingOccurrences(of: "<result>pass</result>", with: "<result>sound</result>")
        .write(toFile: path, atomically: false, encoding: .utf8)
      #expect(try Tool.oscap.run(["xccdf", "validate", "--skip-schematron", path]).status != 0)
    }
  }

  @Test(.enabled(if: hasOscap, "left out: oscap (openscap-scanner) is not installed"))
  func `is read by OpenSCAP as it was meant`() async throws {
    try await withTemporaryDirectory { directory in
      var sweep = SampleSweep()
      sweep.add("jp-tyo-0016", "tokyo-hq", said: ["log.wtmp": (.fail, "38 records are all zero")])
      _ = try ReportWriter().write([.xccdf], of: sweep.report(), to: directory.path)
      let (page, status) = try Tool.oscap.run([
        "xccdf", "generate", "report", directory.appending(path: "xccdf-tokyo-hq.xml").path,
      ])
      #expect(status == 0)
      #expect(page.contains("38 records are all zero"))
      let rows = page.matches(
        of: /data-tt-id="xccdf_tenken_rule_([^"]+)" class="rule-overview-leaf rule-overview-leaf-(\w+)/)
      let results = Dictionary(uniqueKeysWithValues: rows.map { (String($0.output.1), String($0.output.2)) })
      #expect(results["check.log.wtmp"] == "fail")
      #expect(results["check.ssh.authkeys"] == "pass")
      #expect(results.count == 12)
      #expect(page.contains("jp-tyo-0016"))
    }
  }

  @Test func `has one result a rule for every terminal, and a pass only where one was seen`() throws {
    let report = SampleSweep.fleet.report()
    var terminals = 0
    for site in report.sites {
      let document = try XMLDocument(xmlString: ReportDocument.xccdf(site).rendered(report))
      let rules = try document.nodes(forXPath: "/*/*[local-name()='Rule']/@id").compactMap(\.stringValue)
      let results = try document.nodes(forXPath: "/*/*[local-name()='TestResult']")
      #expect(results.count == site.terminals.count)
      for (result, index) in zip(results, site.terminals) {
        let given = try result.nodes(forXPath: "*[local-name()='rule-result']/@idref").compactMap(\.stringValue)
        #expect(given == rules)
        let assessed = report.assessment.terminals[index]
        let passed = try result.nodes(forXPath: "*[local-name()='rule-result'][*='pass']/@idref")
          .compactMap(\.stringValue).filter { $0.contains("_rule_check.") }
        #expect(passed.count == assessed.answers.count { $0.result == .pass })
        let score = try result.nodes(forXPath: "*[local-name()='score']").first?.stringValue
        #expect(score == (assessed.state == .sound ? "1" : "0"))
        terminals += 1
      }
    }
    #expect(terminals == 64)
  }

  @Test func `tells of a terminal that nobody reached that nothing was checked, and why`() throws {
    let report = SampleSweep.fleet.report()
    let site = try #require(report.sites.first { $0.site.id == "bangkok" })
    let document = try XMLDocument(xmlString: ReportDocument.xccdf(site).rendered(report))
    let path = "/*/*[local-name()='TestResult'][contains(@id, 'th-bkk-0010')]/*[local-name()='rule-result']"
    let results = try document.nodes(forXPath: path).compactMap { $0.children?.first?.stringValue }
    #expect(Set(results) == ["notchecked", "error"])
    #expect(
      try document.nodes(forXPath: path + "/*[local-name()='message']").first?.stringValue
        == "unreachable: no answer within 10s (connect)")
  }

  @Test func `says on every terminal what it is a part of`() throws {
    let report = SampleSweep.qualified.report(only: ["ohio"])
    let document = try XMLDocument(xmlString: ReportDocument.xccdf(report.sites[0]).rendered(report))
    for name in ["sweep", "inventory_terminals", "account", "catalogue_digest", "remark"] {
      let facts = try document.nodes(forXPath: "//*[local-name()='fact'][@name='urn:tenken:fact:\(name)']")
      #expect(facts.count == report.terminals.count)
      #expect(facts.allSatisfy { $0.stringValue?.isEmpty == false })
    }
  }

  @Test func `has a finding of a gateway as a result of its own`() throws {
    let report = SampleSweep.held(.hostKeyMismatch, "another key").report()
    let site = try #require(report.sites.first { !$0.findings.filter { $0.gateway != nil }.isEmpty })
    let document = try XMLDocument(xmlString: ReportDocument.xccdf(site).rendered(report))
    let path = "/*/*[local-name()='TestResult'][contains(@id, '_gateway.')]"
    #expect(try document.nodes(forXPath: path).count == 1)
    #expect(try document.nodes(forXPath: path + "//*[local-name()='result'][.='fail']").count == 1)
  }
}
