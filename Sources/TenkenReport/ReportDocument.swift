internal import TenkenAnalysis
internal import TenkenModel

/// One file of a report.
enum ReportDocument {
  case text, terminalsCSV, findingsCSV, sitesCSV, flowsCSV, jsonLines, indexPage
  case sitePage(SiteAssessment)
  case xccdf(SiteAssessment)
  case junit(SiteAssessment)

  var name: String {
    switch self {
    case .text: "report.txt"
    case .terminalsCSV: "terminals.csv"
    case .findingsCSV: "findings.csv"
    case .sitesCSV: "sites.csv"
    case .flowsCSV: "flows.csv"
    case .jsonLines: "report.jsonl"
    case .indexPage: "index.html"
    case .sitePage(let site): SitePage.name(of: site.site.id)
    case .xccdf(let site): XCCDFReport.name(of: site.site.id)
    case .junit(let site): JUnitReport.name(of: site.site.id)
    }
  }

  /// Whether a report has a page of this name: the index, or that of some site.
  static func isPageName(_ name: String) -> Bool {
    if name == indexPage.name { return true }
    return isOfSite(name, from: "site-", to: ".html")
  }

  private static func isOfSite(_ name: String, from head: String, to tail: String) -> Bool {
    name.hasPrefix(head) && name.hasSuffix(tail)
      && ID<Site>(String(name.dropFirst(head.count).dropLast(tail.count))) != nil
  }

  /// Whether a report has a file of this name.
  static func isName(_ name: String) -> Bool {
    isPageName(name) || isOfSite(name, from: "xccdf-", to: ".xml") || isOfSite(name, from: "junit-", to: ".xml")
      || [text, terminalsCSV, findingsCSV, sitesCSV, flowsCSV, jsonLines].contains { $0.name == name }
  }

  func render(_ report: Report, to sink: inout some ReportSink) {
    switch self {
    case .text: sink.write(Array(TextReport.render(report).utf8))
    case .terminalsCSV: TerminalsCSV(report).render(to: &sink)
    case .findingsCSV: FindingsCSV(report).render(to: &sink)
    case .sitesCSV: SitesCSV(report).render(to: &sink)
    case .flowsCSV: FlowsCSV(report).render(to: &sink)
    case .jsonLines: JSONLinesReport(report).render(to: &sink)
    case .indexPage: IndexPage(report).render(to: &sink)
    case .sitePage(let site): SitePage(report, site).render(to: &sink)
    case .xccdf(let site): XCCDFReport(report, site).render(to: &sink)
    case .junit(let site): JUnitReport(report, site).render(to: &sink)
    }
  }
}
