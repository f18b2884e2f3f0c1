internal import TenkenAnalysis
internal import TenkenModel

/// The report as text: the verdict, the account, a line a site, what was found and who was not seen.
package enum TextReport {
  /// For a file: ends with where it comes from.
  ///
  /// - Parameter width: in columns; the table of the sites takes 80, so that less is not kept to.
  package static func render(_ report: Report, width: Int = 80, colour: Bool = false) -> String {
    var page = ScreenPage(width: width, colour: colour)
    body(report, on: &page)
    provenance(report, on: &page)
    return page.text
  }

  /// For the end of a sweep on a screen: ends with what to type next.
  package static func screen(_ report: Report, width: Int = 80, colour: Bool = false) -> String {
    var page = ScreenPage(width: width, colour: colour)
    body(report, on: &page)
    page.gap()
    let commands = NextStep.commands(for: report)
    if !commands.later.isEmpty { page.line("Once a person has put the right host keys on record:") }
    for command in commands.later { page.command(command, lead: "          ") }
    for command in commands.now { page.command(command, lead: "Retry:    ") }
    page.command(["tenken report \(report.manifest.id) --output report"], lead: "Reports:  ")
    return page.text
  }

  private static func body(_ report: Report, on page: inout ScreenPage) {
    verdict(report, on: &page)
    sites(report, on: &page)
    findings(report, on: &page)
    unseen(report, on: &page)
  }

  private static func verdict(_ report: Report, on page: inout ScreenPage) {
    page.remarks(on: report)
    let verdict = Verdict(of: report.account, by: report.coverage)
    page.paragraph(verdict.headline, colour(verdict.soundness.state))
    page.paragraph(verdict.detail)
    page.gap()
    page.accounts(of: report.account)
  }

  private static func sites(_ report: Report, on page: inout ScreenPage) {
    let columns: [TerminalState] = [.suspect, .unsound, .undetermined, .observations, .sound]
    page.gap()
    let heads = ["listed", "suspect", "unsound", "undeterm", "observ", "sound"]
    page.line("site".fitted(to: 14) + "soundness".fitted(to: 12) + heads.map { right($0, 9) }.joined(), .faint)
    for site in report.sites {
      let figures = [site.account.listed] + columns.map { site.account[$0] }
      page.composed(
        site.site.id.rawValue.fitted(to: 13) + " "
          + page.painted(site.soundness.word.fitted(to: 12), colour(site.soundness.state))
          + figures.map { right($0 == 0 ? "·" : $0.grouped, 9) }.joined())
    }
  }

  private static func findings(_ report: Report, on page: inout ScreenPage) {
    guard !report.findings.isEmpty else { return }
    page.gap()
    page.line("what was found", .faint)
    for finding in report.findings {
      let title = "\(report.headline(of: finding.subject)) [\(finding.id)]"
      page.paragraph(
        "\(title): \(who(finding, in: report))",
        lead: finding.severity.rawValue.fitted(to: 10), colour(finding))
    }
  }

  private static func who(_ finding: Finding, in report: Report) -> String {
    guard finding.sightings.isEmpty else { return names(finding.sightings.map(\.terminal), in: report, most: 12) }
    let sites = finding.places.map(\.site.rawValue)
    let said = finding.places.first.map { ": \($0.message)" } ?? ""
    return "before \(sites.prefix(12).joined(separator: " "))"
      + (sites.count > 12 ? " and \((sites.count - 12).grouped) more" : "") + said
  }

  private static func unseen(_ report: Report, on page: inout ScreenPage) {
    let groups = UnseenGroup.groups(of: report.terminals, in: report.assessment)
    guard !groups.isEmpty else { return }
    page.gap()
    page.line("not wholly seen", .faint)
    for group in groups {
      page.paragraph(
        "\(group.gap.word): \(group.gap.meaning)", lead: right(group.terminals.count.grouped, 8) + "  ")
      let reasons = group.reasons.text(most: 3)
      if !reasons.isEmpty { page.paragraph(reasons, lead: "          ") }
      page.paragraph(names(group.terminals, in: report, most: 12), lead: "          ")
    }
  }

  private static func provenance(_ report: Report, on page: inout ScreenPage) {
    page.gap()
    for entry in Provenance(of: report).entries where !entry.value.isEmpty && entry.name != "remark" {
      page.paragraph(entry.value, lead: entry.name.fitted(to: 21), .faint)
    }
  }

  private static func names(_ terminals: [Int], in report: Report, most: Int) -> String {
    let named = terminals.prefix(most).map { report.inventory.terminals[$0].id.rawValue }.joined(separator: " ")
    return terminals.count > most ? "\(named) and \((terminals.count - most).grouped) more" : named
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.displayWidth)) + text
  }

  private static func colour(_ state: TerminalState) -> ScreenPage.Colour {
    switch state {
    case .suspect, .unsound: .red
    case .undetermined: .blue
    case .excepted, .observations: .yellow
    case .sound: .green
    }
  }

  private static func colour(_ finding: Finding) -> ScreenPage.Colour? { finding.isSerious ? .red : nil }
}
