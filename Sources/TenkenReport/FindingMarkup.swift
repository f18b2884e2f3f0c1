internal import TenkenAnalysis
internal import TenkenModel

/// Findings on a page: in a line each on the first screen, and in full further down.
struct FindingMarkup {
  let links: TerminalLinks

  private var report: Report { links.report }

  static func anchor(_ finding: Finding) -> Markup { "#finding-\(finding.subject.source)-\(finding.id)" }

  /// The serious ones, at most `most` of them.
  func summary(_ findings: [Finding], most: Int = 6) -> Markup {
    let serious = findings.filter(\.isSerious)
    let rest = findings.count - min(most, serious.count)
    return """
      <section>
      <h2>What was found <span>\(serious.count.of("serious finding"))</span></h2>
      <ul>
      \(serious.prefix(most).map(line))\(rest == 0 ? "" : more(rest))\(findings.isEmpty ? Self.nothing : "")</ul>
      </section>

      """
  }

  /// Every finding with its reason, its remedy and the terminals behind it.
  func details(_ findings: [Finding]) -> Markup {
    guard !findings.isEmpty else { return "" }
    return """
      <section class="block" id="findings">
      <h2>Findings, the worst first <span>\(findings.count.grouped)</span></h2>
      \(findings.map(detail))</section>

      """
  }

  private func line(_ finding: Finding) -> Markup {
    """
    <li><p class="item"><span>\(severity(finding))<a href="\(Self.anchor(finding))">\(report.headline(of: finding.subject))\
    </a></span> <b class="n">\(finding.count.grouped)</b></p>
    \(said(finding))\
    <p class="who">\(who(finding, most: 6))</p></li>

    """
  }

  /// What was seen on the first terminal, in its own words.
  private func said(_ finding: Finding) -> Markup {
    if let place = finding.places.first { return "<p class=\"said\">\(place.message.clipped(to: 260))</p>\n" }
    guard let first = finding.sightings.first, !first.message.isEmpty else { return "" }
    let lead: Markup = finding.sightings.count > 1 ? "\(links.name(first.terminal)): " : ""
    return """
      <p class="said">\(lead)\(first.message.clipped(to: 260))</p>

      """
  }

  private func who(_ finding: Finding, most: Int) -> Markup {
    guard !finding.places.isEmpty else {
      return links.names(finding.sightings.map(\.terminal), anchor: Self.anchor(finding), most: most)
    }
    let named: [Markup] = finding.places.prefix(most).map { "\($0.site)" }
    let rest = finding.places.count - named.count
    return "\(named, separator: ", ")\(rest > 0 ? " and \(rest.grouped) more" : "")"
  }

  private func more(_ count: Int) -> Markup {
    """
    <li class="who"><a href="#findings">\(count.of("more finding"))</a> below</li>

    """
  }

  private static let nothing: Markup = """
    <li class="who">No check failed on what was seen.</li>

    """

  private func severity(_ finding: Finding) -> Markup {
    "<span class=\"severity \(finding.severity.rawValue)\">\(finding.severity.rawValue)</span> "
  }

  private func detail(_ finding: Finding) -> Markup {
    let rationale = report.rationale(of: finding.subject)
    let attack = report.attack(of: finding.subject).map { " <code>\($0)</code>" as Markup }
    return """
      <article class="finding" id="finding-\(finding.subject.source)-\(finding.id)">
      <h3>\(severity(finding))<span>\(report.headline(of: finding.subject))</span> <code>\(finding.id)</code>\(attack)</h3>
      \(paragraph("Why it matters", rationale))\(paragraph("What to do", report.remediation(of: finding.subject)))\
      \(behind(finding))</article>

      """
  }

  private func paragraph(_ label: String, _ text: String) -> Markup {
    text.isEmpty ? "" : "<p><span class=\"label\">\(label):</span> \(text)</p>\n"
  }

  /// On the index the sites with their numbers, on a site's page each terminal with what was seen on it.
  private func behind(_ finding: Finding) -> Markup {
    if !finding.places.isEmpty {
      let sites = finding.places.count.of("site")
      return "<p><span class=\"label\">\(sites) behind it:</span> \(who(finding, most: 12))</p>\n"
    }
    let count = finding.sightings.count.of("terminal")
    if links.page == nil {
      let names = links.names(finding.sightings.map(\.terminal), anchor: Self.anchor(finding), most: 12)
      return "<p><span class=\"label\">\(count):</span> \(names)</p>\n"
    }
    let most = 40
    let rest = finding.sightings.count - most
    let more: Markup = rest > 0 ? "<li class=\"told\">and \(rest.grouped) more, in the table below</li>\n" : ""
    return "<p class=\"label\">\(count)</p>\n<ul>\n\(finding.sightings.prefix(most).map(sighting))\(more)</ul>\n"
  }

  private func sighting(_ sighting: Finding.Sighting) -> Markup {
    let isSpecimen = report.inventory.terminals[sighting.terminal].root != nil
    let told: Markup = "<span class=\"told\">\(sighting.message)</span>"
    let specimen: Markup = isSpecimen ? " \(Page.specimen)" : ""
    return "<li>\(links.name(sighting.terminal))\(specimen) \(told)</li>\n"
  }
}
