internal import TenkenAnalysis
internal import TenkenModel

/// The sites of the group: the worst case of each, its account, and what can be said of how much is sound.
struct SiteTable {
  private static let columns: [TerminalState] = [.suspect, .unsound, .undetermined, .observations, .sound]

  let report: Report

  var markup: Markup {
    """
    <section class="block" id="sites">
    <h2>Sites <span>each is as sound as its worst terminal</span></h2>
    <table>
    <thead>
    <tr><th scope="col">Site</th><th scope="col">Soundness</th>\(Self.columns.map(Self.head))\
    <th scope="col" class="n wide">listed</th><th scope="col" class="share">Sound, at least and at most</th></tr>
    </thead>
    <tbody>
    \(report.sites.map(row))\(total)</tbody>
    </table>
    </section>

    """
  }

  private static func head(_ state: TerminalState) -> Markup {
    "<th scope=\"col\" class=\"n wide\">\(state.rawValue)</th>"
  }

  private func row(_ site: SiteAssessment) -> Markup {
    let place = [site.site.name, site.site.country].filter { !$0.isEmpty }.joined(separator: ", ")
    return """
      <tr><th scope="row"><a href="\(SitePage.name(of: site.site.id))">\(site.site.id)</a><small>\(place)</small></th>\
      \(cells(site.account))</tr>

      """
  }

  private var total: Markup {
    """
    <tr class="total"><th scope="row">Group</th>\(cells(report.account))</tr>

    """
  }

  private func cells(_ account: Account) -> Markup {
    let state = account.soundness.state
    return """
      <td class="\(state.rawValue)"><span class="state">\(state.glyph) \(account.soundness.word)</span>\
      <small class="narrow">\(AccountMarkup(account: account).line)</small></td>\
      \(Self.columns.map { Self.cell(account[$0], $0) })<td class="n wide">\(account.listed.grouped)</td>\
      <td class="share">\(AccountMarkup(account: account).bar)<small>\(account.soundShare.text)</small></td>
      """
  }

  private static func cell(_ count: Int, _ state: TerminalState) -> Markup {
    count == 0
      ? "<td class=\"n zero wide\">0</td>" : "<td class=\"n wide \(state.rawValue)\">\(count.grouped)</td>"
  }
}
