internal import TenkenAnalysis
package import TenkenModel

/// One sweep by site: every listed terminal in exactly one column.
package struct StatusPage {
  /// The table's; what does not fit is summed up in its last column.
  private static let width = 100

  private let report: Report
  private let runs: [SweepRun]
  private let isOwned: Bool?

  /// - Parameters:
  ///   - report: of the whole sweep.
  ///   - isOwned: whether a process is at the sweep now; `nil` where that was not asked.
  package init(_ report: Report, runs: [SweepRun], isOwned: Bool? = nil) {
    self.report = report
    self.runs = runs
    self.isOwned = isOwned
  }

  package var text: String {
    let manifest = report.manifest
    var page = ScreenPage(width: 80, colour: false)
    page.remarks(on: report)
    page.sweep(manifest)
    page.paragraph(
      "began \(manifest.started.forPeople) over \(manifest.scope.transport.rawValue): "
        + "\(manifest.terminals.of("terminal")) of \(manifest.inventory)")
    for run in runs { page.line(line(run)) }
    page.gap()
    page.accounts(of: report.account)
    page.gap()
    return page.text + table
  }

  /// Whoever owns a sweep now is its last run: an earlier one without an end was cut off, whatever else is known.
  private func line(_ run: SweepRun) -> String {
    let isLast = run.number == runs.last?.number
    let end =
      switch (run.ended, isLast ? isOwned : false) {
      case (let ended?, _): "\(run.ending?.rawValue ?? "ended") \(ended.forPeople)"
      case (nil, true): "running (pid \(run.processID))"
      case (nil, false): "cut off"
      case (nil, nil): "running, or cut off"
      }
    return "  run \(run.number)  \(run.started.forPeople)  \(end)"
  }

  /// With as many outcomes as fit, those of the most terminals first, and the rest in one column.
  private var table: String {
    let found = Outcome.allCases.filter { report.account[$0] > 0 }
    for shown in stride(from: found.count, through: 0, by: -1) {
      let frequent = Set(found.sorted { report.account[$0] > report.account[$1] }.prefix(shown))
      let table = table(of: found.filter(frequent.contains), rest: found.filter { !frequent.contains($0) })
      if table.width <= Self.width || shown == 0 { return table.text }
    }
    return ""
  }

  private func table(of outcomes: [Outcome], rest: [Outcome]) -> TextTable {
    let heads = ["site", "soundness", "listed"] + outcomes.map(\.rawValue)
    var table = TextTable(heads + (rest.isEmpty ? [] : ["others"]), numbersFrom: 2)
    let accounts = report.sites.map { ($0.site.id.rawValue, $0.account) } + [("all", report.account)]
    for (name, account) in accounts {
      var counts = outcomes.map { account[$0] }
      if !rest.isEmpty { counts.append(rest.reduce(0) { $0 + account[$1] }) }
      table.add([name.fitted(upTo: 24), account.soundness.rawValue, account.listed.grouped] + counts.map(\.grouped))
    }
    return table
  }

  /// A line a site, the sweep's last.
  package var jsonLines: String {
    (report.sites.map { line("site", $0.site.id.rawValue, $0.account, holds: $0.holds) }
      + [line("sweep", report.manifest.id.rawValue, report.account)]).joined()
  }

  private func line(_ kind: String, _ name: String, _ account: Account, holds: [SiteHold] = []) -> String {
    var object = JSONObject()
    object.set(kind, name)
    object.set("transport", report.manifest.scope.transport.rawValue)
    if kind == "sweep" { object.set("remarks", Provenance.remarks(on: report)) }
    object.set(account)
    if !holds.isEmpty { object.set("held", holds.map(JSONObject.init)) }
    return String(decoding: object.line, as: UTF8.self)
  }
}
