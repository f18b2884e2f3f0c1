internal import TenkenAnalysis
internal import TenkenModel

/// `index.html`: the page of the group. Its first screen says how things stand, what was found, who was not seen and
/// what to do next.
struct IndexPage {
  private let report: Report

  init(_ report: Report) { self.report = report }

  func render(to sink: inout some ReportSink) {
    let headline = Verdict(of: report.account, by: report.coverage).headline
    let page = Page(of: report, title: "\(headline) - Tenken", home: "<b>点検 Tenken</b>")
    let links = TerminalLinks(report: report, page: nil)
    let unseen = UnseenGroup.groups(of: report.terminals, in: report.assessment)
    let steps = NextStep.steps(for: report.terminals, findings: report.findings, unseen: unseen, in: report, most: 6)
    sink.write(page.opening)
    let subject: Markup = "All \(report.sites.count.of("site"))"
    sink.write(AccountMarkup(account: report.account).verdict(of: subject, by: report.coverage))
    sink.write(
      """
      <div class="columns">
      \(FindingMarkup(links: links).summary(report.findings))\(UnseenMarkup(links: links).summary(unseen))\
      \(NextStepMarkup(links: links).summary(steps))</div>

      """ as Markup)
    sink.write(SiteTable(report: report).markup)
    sink.write(FlowsMarkup(links: links).section)
    sink.write(FindingMarkup(links: links).details(report.findings))
    sink.write(page.closing)
  }
}
