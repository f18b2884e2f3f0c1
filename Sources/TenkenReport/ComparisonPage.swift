package import TenkenAnalysis
internal import TenkenModel

/// What changed between two sweeps, by site and by terminal.
package struct ComparisonPage {
  private let comparison: SweepComparison
  private let before: Report
  private let after: Report

  package init(_ comparison: SweepComparison, before: Report, after: Report) {
    self.comparison = comparison
    self.before = before
    self.after = after
  }

  /// The kinds of change that need a person, the most urgent first.
  private static let told: [SweepComparison.Change] = [.worsened, .lost, .vanished, .appeared, .mended, .seen]

  /// A table by site, and then each terminal that changed.
  package var text: String {
    var page = ScreenPage(width: 80, colour: false)
    page.paragraph("from sweep \(before.manifest.id) of \(before.manifest.started.forPeople)")
    page.remarks(on: before)
    page.paragraph("to sweep \(after.manifest.id) of \(after.manifest.started.forPeople)")
    page.remarks(on: after)
    page.gap()
    return page.text + table + terminals
  }

  private var sites: [ID<Site>] {
    var sites = after.inventory.sites.map(\.id)
    for site in before.inventory.sites where !sites.contains(site.id) { sites.append(site.id) }
    return sites
  }

  private var table: String {
    var table = TextTable(["site"] + SweepComparison.Change.allCases.map(\.rawValue), numbersFrom: 1)
    let counts = Dictionary(grouping: comparison.rows, by: \.site)
    for site in sites {
      let rows = counts[site] ?? []
      table.add(
        [site.rawValue.fitted(upTo: 24)]
          + SweepComparison.Change.allCases.map { change in rows.count { $0.change == change }.grouped })
    }
    table.add(["all"] + SweepComparison.Change.allCases.map { comparison.count(of: $0).grouped })
    return table.text
  }

  private var terminals: String {
    var page = ScreenPage(width: 80, colour: false)
    for change in Self.told {
      let rows = comparison.rows.filter { $0.change == change }
      if rows.isEmpty { continue }
      page.gap()
      page.paragraph("\(change.rawValue): \(rows.count.of("terminal"))")
      for row in rows { page.paragraph(description(of: row), lead: "  \(row.terminal)  ") }
    }
    return page.text
  }

  private func description(of row: SweepComparison.Row) -> String {
    var parts = ["\(Self.state(row.before)) -> \(Self.state(row.after))"]
    parts += row.opened.map { "new: \($0.severity.rawValue) \($0.subject.id): \($0.message.clipped(to: 160))" }
    if !row.closed.isEmpty { parts.append("no longer: \(Self.names(row.closed))") }
    if !row.waived.isEmpty { parts.append("there still, excepted now: \(Self.names(row.waived))") }
    if !row.unconfirmed.isEmpty { parts.append("not seen again, so not mended: \(Self.names(row.unconfirmed))") }
    if let after = row.after?.assessment, after.gap != nil, !after.reason.isEmpty {
      parts.append(after.reason.clipped(to: 160))
    }
    return parts.joined(separator: "; ")
  }

  private static func state(_ side: SweepComparison.Side?) -> String {
    side?.assessment.state.rawValue ?? "not listed"
  }

  private static func names(_ findings: [OpenFinding]) -> String {
    findings.map(\.subject.id).joined(separator: ", ")
  }

  /// A line a terminal of either sweep, and one at the end with the sums.
  package var jsonLines: String {
    var end = JSONObject()
    end.set("kind", "end")
    end.set("from", before.manifest.id.rawValue)
    end.set("to", after.manifest.id.rawValue)
    end.set("terminal_lines", comparison.rows.count)
    for change in SweepComparison.Change.allCases { end.set(change.rawValue, comparison.count(of: change)) }
    end.set("remarks_from", Provenance.remarks(on: before))
    end.set("remarks_to", Provenance.remarks(on: after))
    return (comparison.rows.map(object) + [end]).map { String(decoding: $0.line, as: UTF8.self) }.joined()
  }

  private func object(_ row: SweepComparison.Row) -> JSONObject {
    var object = JSONObject()
    object.set("kind", "terminal")
    object.set("id", row.terminal.rawValue)
    object.set("site", row.site?.rawValue)
    object.set("change", row.change.rawValue)
    for (name, side) in [("before", row.before), ("after", row.after)] {
      object.set("state_\(name)", side?.assessment.state.rawValue)
      object.set("outcome_\(name)", side?.assessment.outcome.rawValue)
    }
    object.set("opened", row.opened.map(\.subject.id))
    object.set("closed", row.closed.map(\.subject.id))
    object.set("unconfirmed", row.unconfirmed.map(\.subject.id))
    object.set("waived", row.waived.map(\.subject.id))
    return object
  }
}
