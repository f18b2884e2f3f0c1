internal import TenkenAnalysis
internal import TenkenModel

/// The report for a screen: the verdict, the account, a line a site, what was found and who was not seen.
package enum TextReport {
  /// - Parameter width: in columns; the table of the sites takes 80, so that less is not kept to.
  package static func render(_ report: Report, width: Int = 80, colour: Bool = false) -> String {
    var page = ScreenPage(width: width, colour: colour)
    verdict(report, on: &page)
    sites(report, on: &page)
    findings(report, on: &page)
    unseen(report, on: &page)
    provenance(report, on: &page)
    return page.text
  }

  private static func verdict(_ report: Report, on page: inout ScreenPage) {
    for remark in Provenance.remarks(on: report) { page.paragraph(remark, .bold) }
    let verdict = Verdict(of: report.account)
    page.paragraph(verdict.headline, colour(verdict.soundness.state))
    page.paragraph(verdict.detail)
    page.gap()
    page.paragraph(account(report.account, of: TerminalState.worstFirst, \.rawValue) { $0[$1] }, lead: "states    ")
    page.paragraph(account(report.account, of: Outcome.allCases, \.rawValue) { $0[$1] }, lead: "outcomes  ")
  }

  /// `suspect 3 + unsound 4 + sound 57 = 64 listed`
  private static func account<Key>(
    _ account: Account, of keys: [Key], _ word: (Key) -> String, _ count: (Account, Key) -> Int
  ) -> String {
    let parts = keys.filter { count(account, $0) > 0 }.map { "\(word($0)) \(count(account, $0).grouped)" }
    return (parts.isEmpty ? "none" : parts.joined(separator: " + ")) + " = \(account.listed.grouped) listed"
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
        "\(title): \(names(finding.sightings.map(\.terminal), in: report, most: 12))",
        lead: finding.severity.rawValue.fitted(to: 10), colour(finding))
    }
  }

  private static func unseen(_ report: Report, on page: inout ScreenPage) {
    let groups = UnseenGroup.groups(of: report.terminals, in: report.assessment)
    guard !groups.isEmpty else { return }
    page.gap()
    page.line("not wholly seen", .faint)
    for group in groups {
      page.paragraph(
        "\(group.gap.word): \(group.gap.meaning)", lead: right(group.terminals.count.grouped, 8) + "  ")
      let reasons = group.reasonsText(most: 3)
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
