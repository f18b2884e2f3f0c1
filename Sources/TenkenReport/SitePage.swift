internal import TenkenAnalysis
internal import TenkenModel

/// `site-<id>.html`: the page that the manager of a site reads.
struct SitePage {
  private let report: Report
  private let site: SiteAssessment

  init(_ report: Report, _ site: SiteAssessment) {
    self.report = report
    self.site = site
  }

  static func name(of site: ID<Site>) -> String { "site-\(site).html" }

  func render(to sink: inout some ReportSink) {
    let links = TerminalLinks(report: report, page: site.site.id)
    let unseen = UnseenGroup.groups(of: site.terminals, in: report.assessment)
    let steps = NextStep.steps(for: site.terminals, findings: site.findings, unseen: unseen, in: report, most: .max)
    let page = Page(of: report, title: title, home: home, site: site)
    sink.write(page.opening)
    sink.write(AccountMarkup(account: site.account).verdict(of: subject, by: report.coverage))
    sink.write(
      """
      <div class="columns">
      \(FindingMarkup(links: links).summary(site.findings))\(UnseenMarkup(links: links).summary(unseen))\
      \(NextStepMarkup(links: links).summary(steps))</div>

      """ as Markup)
    sink.write(FindingMarkup(links: links).details(site.findings))
    sink.write(FlowsMarkup(links: links).section)
    TerminalTable(report: report, site: site).render(to: &sink)
    sink.write(page.closing)
  }

  private var title: String { "\(site.site.id): \(Verdict(of: site.account, by: report.coverage).headline) - Tenken" }

  private var subject: Markup {
    let place = [site.site.name, site.site.country].filter { !$0.isEmpty }.joined(separator: ", ")
    return "<b>\(site.site.id)</b> \(place)"
  }

  private var home: Markup {
    report.isWhole ? "<b><a href=\"index.html\">点検 Tenken: all sites</a></b>" : "<b>点検 Tenken</b>"
  }
}
