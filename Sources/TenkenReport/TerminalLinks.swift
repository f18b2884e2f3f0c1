internal import TenkenAnalysis
internal import TenkenModel

/// Names terminals on one page, each linked to its row on the page of its site.
struct TerminalLinks {
  let report: Report
  /// The site whose page it is; `nil` for the index.
  let page: ID<Site>?

  /// Up to `most` by name; of more, on the index, each site with its number, and on a site's page the first ones.
  /// `anchor` is where a site's page tells of them.
  func names(_ terminals: [Int], anchor: Markup, most: Int = 6) -> Markup {
    if page == nil, terminals.count > most { return counts(terminals, anchor: anchor) }
    let named = terminals.prefix(most).map(name)
    let rest = terminals.count - named.count
    let more: Markup = rest > 0 ? " and <a href=\"\(anchor)\">\(rest.grouped) more</a>" : ""
    return "\(named, separator: ", ")\(more)"
  }

  func name(_ index: Int) -> Markup {
    let terminal = report.inventory.terminals[index]
    return "<a href=\"\(file(of: terminal.site))#t-\(terminal.id)\">\(terminal.id)</a>"
  }

  private func counts(_ terminals: [Int], anchor: Markup) -> Markup {
    let bySite = Dictionary(grouping: terminals) { report.inventory.terminals[$0].site }
    let parts: [Markup] = report.sites.compactMap { site in
      bySite[site.site.id].map { here in
        "<a href=\"\(file(of: site.site.id))\(anchor)\">\(site.site.id)</a>\u{00A0}\(here.count.grouped)"
      }
    }
    return "\(parts, separator: ", ")"
  }

  private func file(of site: ID<Site>) -> Markup { site == page ? "" : "\(SitePage.name(of: site))" }
}
