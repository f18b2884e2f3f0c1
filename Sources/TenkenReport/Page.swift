internal import TenkenAnalysis
internal import TenkenModel

/// What every page has around its own content: the head, what must be known first, and where it comes from.
struct Page {
  private let report: Report
  /// Of the window and of a bookmark: the verdict and what it is of.
  private let title: String
  private let home: Markup
  private let site: SiteAssessment?

  /// - Parameters:
  ///   - home: what stands at the top left: the name, or the way back to the index.
  ///   - site: whose page it is; `nil` for the index.
  init(of report: Report, title: String, home: Markup, site: SiteAssessment? = nil) {
    self.site = site
    self.report = report
    self.title = title
    self.home = home
  }

  var opening: Markup {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(StyleSheet.policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(title)</title>
    \(StyleSheet.markup)</head>
    <body>
    <a class="skip" href="#main">Skip to the verdict</a>
    \(Provenance.warnings(on: report, at: site.map { [$0] }).map(Self.banner))\(checks)<header class="top">
    <p>\(home)</p>
    <p>\(subject)</p>
    <p class="when">\(time)</p>\(specimens)
    </header>
    <main id="main">

    """
  }

  var closing: Markup {
    """
    </main>
    <footer class="foot">
    <ul class="keys">
    \(TerminalState.allCases.reversed().filter { $0 != .excepted || report.account[.excepted] > 0 }.map(Self.key))</ul>
    <dl>
    \(Provenance(of: report).entries.filter { !$0.value.isEmpty }.map(Self.entry))</dl>
    </footer>
    </body>
    </html>

    """
  }

  private var subject: Markup {
    let name = report.manifest.scope.name
    let label: Markup = name.isEmpty ? "" : "\(name) · "
    return "\(label)sweep <code>\(report.manifest.id)</code> of the inventory \(report.manifest.inventory)"
  }

  private var time: Markup {
    let begun = report.manifest.started
    guard let asOf = report.asOf else { return "begun \(begun.forPeople)" }
    let runs: Markup = report.runs > 1 ? ", in \(report.runs) runs" : ""
    let end = asOf.date == begun.date ? "\(asOf.time) UTC" : asOf.forPeople
    return "\(begun.date) \(begun.time) to \(end)\(runs)"
  }

  private var specimens: Markup {
    guard report.specimens > 0 else { return "" }
    return """

      <p class="specimens">Specimens: on \(report.specimens.of("terminal")), marked \(Self.specimen), the checks looked \
      at a prepared root instead of at the terminal itself.</p>
      """
  }

  /// What stands beside the name of such a terminal.
  static let specimen: Markup = "<span class=\"tag\">specimen</span>"

  private var checks: Markup {
    guard let remark = report.coverage.remark else { return "" }
    return """
      <p class="banner calm" role="note">\(remark)</p>

      """
  }

  private static func banner(_ remark: String) -> Markup {
    """
    <p class="banner" role="note">\(remark)</p>

    """
  }

  private static func key(_ state: TerminalState) -> Markup {
    """
    <li class="\(state.rawValue)"><span class="state">\(state.glyph) \(state.rawValue)</span> \(state.meaning)</li>

    """
  }

  private static func entry(_ entry: Label) -> Markup {
    """
    <dt>\(entry.name)</dt>
    <dd>\(entry.value)</dd>

    """
  }
}
