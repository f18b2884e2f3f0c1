import Foundation
import FoundationXML
import TenkenAnalysis
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenReport

@Suite struct `A report as JUnit results` {
  @Test(.enabled(if: Tool.xmllint.isInstalled, "left out: xmllint (libxml2-utils) is not installed"))
  func `is well-formed by xmllint, whatever the terminals sent`() async throws {
    try await withTemporaryDirectory { directory in
      for path in try ReportWriter().write([.junit, .xccdf], of: SampleSweep.hostile.report(), to: directory.path) {
        #expect(try Tool.xmllint.run(["--noout", path]).status == 0, "\(path)")
      }
    }
  }

  @Test(.enabled(if: Tool.hasJUnitParser, "left out: python3-junitparser is not installed"))
  func `is read by junitparser with the counts that it states, and none too good`() async throws {
    try await withTemporaryDirectory { directory in
      let report = SampleSweep.fleet.report()
      let paths = try ReportWriter().write([.junit], of: report, to: directory.path)
      for (path, site) in zip(paths, report.sites) {
        let (output, status) = try Tool.systemPython.run(["-c", Self.reader, path])
        #expect(status == 0)
        let whole = site.terminals.count { report.assessment.terminals[$0].state == .sound }
        #expect(output == "\(site.terminals.count) suites, \(whole) without failure and error\n")
      }
    }
  }

  @Test func `has a terminal that nobody reached as an error that says why, never as skipped`() throws {
    let report = SampleSweep.fleet.report()
    let site = try #require(report.sites.first { $0.site.id == "bangkok" })
    let document = try XMLDocument(xmlString: ReportDocument.junit(site).rendered(report))
    let suite = "/testsuites/testsuite[@name='th-bkk-0010']"
    #expect(try document.nodes(forXPath: suite + "/testcase").count == 1)
    #expect(
      try document.nodes(forXPath: suite + "/testcase[@name='contact']/error/@message").first?.stringValue
        == "unreachable: no answer within 10s (connect)")
    #expect(try document.nodes(forXPath: "//skipped").isEmpty)
    #expect(
      try document.nodes(forXPath: suite + "/properties/property[@name='inventory_terminals']/@value").first?
        .stringValue == "64")
  }

  @Test func `has a finding of a gateway in a suite of its own`() throws {
    let report = SampleSweep.held(.hostKeyMismatch, "another key").report()
    let site = try #require(report.sites.first { !$0.findings.filter { $0.gateway != nil }.isEmpty })
    let document = try XMLDocument(xmlString: ReportDocument.junit(site).rendered(report))
    #expect(try document.nodes(forXPath: "/testsuites/testsuite[@name='gateways']/testcase/failure").count == 1)
    let stated = try #require(try document.nodes(forXPath: "/testsuites/@failures").first?.stringValue)
    #expect(try document.nodes(forXPath: "//failure").count == Int(stated))
  }

  private static let reader = """
    import sys
    from junitparser import JUnitXml
    xml = JUnitXml.fromfile(sys.argv[1])
    stated = (xml.tests, xml.failures, xml.errors)
    suites = list(xml)
    clean = 0
    for suite in suites:
        was = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        assert was == (suite.tests, suite.failures, suite.errors, suite.skipped), suite.name
        clean += suite.failures == suite.errors == 0
    assert stated == tuple(sum(getattr(s, k) for s in suites) for k in ("tests", "failures", "errors"))
    print(f"{len(suites)} suites, {clean} without failure and error")
    """
}
