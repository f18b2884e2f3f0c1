internal import TenkenAnalysis
internal import TenkenModel

/// One file of a report.
enum ReportDocument {
  case text, terminalsCSV, findingsCSV, sitesCSV, jsonLines, indexPage
  case sitePage(SiteAssessment)

  var name: String {
    switch self {
    case .text: "report.txt"
    case .terminalsCSV: "terminals.csv"
    case .findingsCSV: "findings.csv"
    case .sitesCSV: "sites.csv"
    case .jsonLines: "report.jsonl"
    case .indexPage: "index.html"
    case .sitePage(let site): SitePage.name(of: site.site.id)
    }
  }

  /// Whether a report has a page of this name: the index, or that of some site.
  static func isPageName(_ name: String) -> Bool {
    if name == indexPage.name { return true }
    guard name.hasPrefix("site-"), name.hasSuffix(".html") else { return false }
    return ID<Site>(String(name.dropFirst(5).dropLast(5))) != nil
  }

  /// Whether a report has a file of this name.
  static func isName(_ name: String) -> Bool {
    isPageName(name) || [text, terminalsCSV, findingsCSV, sitesCSV, jsonLines].contains { $0.name == name }
  }

  func render(_ report: Report, to sink: inout some ReportSink) {
    switch self {
    case .text: sink.write(Array(TextReport.render(report).utf8))
    case .terminalsCSV: TerminalsCSV(report).render(to: &sink)
    case .findingsCSV: FindingsCSV(report).render(to: &sink)
    case .sitesCSV: SitesCSV(report).render(to: &sink)
    case .jsonLines: JSONLinesReport(report).render(to: &sink)
    case .indexPage: IndexPage(report).render(to: &sink)
    case .sitePage(let site): SitePage(report, site).render(to: &sink)
    }
  }
}
