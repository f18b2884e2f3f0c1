internal import TenkenAnalysis
internal import TenkenModel

/// Who was not wholly seen, and why: on the first screen, never in a footnote.
struct UnseenMarkup {
  let links: TerminalLinks

  func summary(_ groups: [UnseenGroup]) -> Markup {
    let count = groups.reduce(0) { $0 + $1.terminals.count }
    return """
      <section id="unseen">
      <h2>Not wholly seen, and why <span>\(count.of("terminal"))</span></h2>
      <ul>
      \(groups.map(line))\(groups.isEmpty ? Self.nothing : "")</ul>
      </section>

      """
  }

  private func line(_ group: UnseenGroup) -> Markup {
    let reasons = group.reasons.text(most: 2)
    return """
      <li id="unseen-\(group.gap.word)"><p class="item"><span><b class="state undetermined">\(group.gap.word)</b> \
      \(reasons.isEmpty ? group.gap.meaning : reasons)</span> <b class="n">\(group.terminals.count.grouped)</b></p>
      <p class="who">\(links.names(group.terminals, anchor: anchor(group)))</p></li>

      """
  }

  /// On the index the same passage of each site's page; on a site's page the table of all terminals.
  private func anchor(_ group: UnseenGroup) -> Markup {
    links.page == nil ? "#unseen-\(group.gap.word)" : "#terminals"
  }

  private static let nothing: Markup = """
    <li class="who">Every listed terminal was wholly seen.</li>

    """
}
