internal import TenkenAnalysis
internal import TenkenModel

/// A probe for a screen: what is ready, site by site, and of the rest what stands in the way and what to do next.
struct ProbePage {
  private static let indent = String(repeating: " ", count: 10)

  private let report: ProbeReport
  private let colour: Bool

  init(_ report: ProbeReport, colour: Bool) {
    self.report = report
    self.colour = colour
  }

  var text: String {
    var page = ScreenPage(width: 80, colour: colour)
    head(&page)
    page.gap()
    sites(&page)
    let byReadiness = Dictionary(grouping: report.entries, by: \.readiness)
    for readiness in Readiness.inOrder where readiness != .ready {
      if let entries = byReadiness[readiness] { trouble(readiness, entries, &page) }
    }
    shortage(byReadiness[.ready] ?? [], &page)
    return page.text
  }

  private func head(_ page: inout ScreenPage) {
    let ready = report.entries.count { $0.readiness == .ready }
    let all = report.entries.count
    if !report.isWhole {
      page.paragraph("INCOMPLETE: the probe was interrupted; this is what came until then", .red)
    }
    if report.transport == .local { page.paragraph("LOCAL: this machine answered for every terminal", .red) }
    page.paragraph(
      "Probe of \(report.inventory.name) over \(report.transport.rawValue), \(report.started.forPeople): "
        + "\(ready.grouped) of \(all.of("terminal")) \(ready == 1 ? "is" : "are") ready for a sweep.",
      ready == all ? .green : .yellow)
    let specimens = report.entries.count { $0.terminal.root != nil }
    if specimens > 0 {
      page.paragraph(
        "SPECIMENS: on \(specimens.of("terminal")) a sweep would look at a prepared root; the probe did not")
    }
  }

  private func sites(_ page: inout ScreenPage) {
    let bySite = Dictionary(grouping: report.entries, by: \.terminal.site)
    let sites = report.inventory.sites.map(\.id).filter { bySite[$0] != nil }
    let lines = sites.map { ($0.rawValue, bySite[$0] ?? []) } + (sites.count == 1 ? [] : [("all", report.entries)])
    let names = min(24, lines.map(\.0.displayWidth).max() ?? 0)
    let figures = report.entries.count.grouped.count
    for (name, entries) in lines {
      let count = entries.count.grouped
      let padding = String(repeating: " ", count: figures - count.count)
      page.paragraph(Self.sum(of: entries), lead: "\(name.fitted(to: names))  \(padding)\(count)  ")
    }
  }

  /// `23,104 ready, 3,911 without a key on record`: every entry in exactly one of the figures.
  private static func sum(of entries: [ProbeReport.Entry]) -> String {
    let counts = entries.reduce(into: [Readiness: Int]()) { $0[$1.readiness, default: 0] += 1 }
    return Readiness.inOrder.compactMap { readiness in
      let count = counts[readiness] ?? 0
      return count == 0 && readiness != .ready ? nil : "\(count.grouped) \(readiness.phrase)"
    }.joined(separator: ", ")
  }

  private func trouble(_ readiness: Readiness, _ entries: [ProbeReport.Entry], _ page: inout ScreenPage) {
    page.gap()
    let count = entries.count.grouped
    let lead = String(repeating: " ", count: max(0, 8 - count.count)) + count + "  "
    page.paragraph(readiness.phrase, lead: lead, readiness.isAlarming ? .red : .bold)
    page.paragraph(readiness.advice(for: report.inventory), lead: Self.indent)
    let reasons = ReasonList(entries.map(\.reason)).text(most: 3)
    if readiness.hasTellingReasons, !reasons.isEmpty { page.paragraph(reasons, lead: Self.indent) }
    page.paragraph(Self.names(entries), lead: Self.indent)
  }

  /// A program that is missing makes no terminal unready: the checks that need it say so, and the others run.
  private func shortage(_ entries: [ProbeReport.Entry], _ page: inout ScreenPage) {
    let short = entries.filter { !$0.missing.isEmpty }
    guard !short.isEmpty else { return }
    page.gap()
    let programs = ReasonList(short.flatMap(\.missing)).reasons.map { "\($0.text) (\($0.count.grouped))" }
    page.paragraph(
      "Ready, but without a program that some check requires, which will say not-checked there: "
        + programs.joined(separator: ", "))
    page.paragraph(Self.names(short), lead: Self.indent)
  }

  private static func names(_ entries: [ProbeReport.Entry]) -> String {
    let named = entries.prefix(12).map(\.terminal.id.rawValue).joined(separator: " ")
    return entries.count > 12 ? "\(named) and \((entries.count - 12).grouped) more" : named
  }
}
