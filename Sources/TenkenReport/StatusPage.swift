package import TenkenAnalysis
package import TenkenModel

/// One sweep by site: every listed terminal in exactly one column.
package struct StatusPage {
  private let manifest: SweepManifest
  private let runs: [SweepRun]
  private let assessment: Assessment

  package init(manifest: SweepManifest, runs: [SweepRun], assessment: Assessment) {
    self.manifest = manifest
    self.runs = runs
    self.assessment = assessment
  }

  package var text: String {
    let name = manifest.scope.name.isEmpty ? "" : "  \(manifest.scope.name.escapedForPeople())"
    var lines = [
      "sweep \(manifest.id)\(name)",
      "began \(manifest.started.forPeople) over \(manifest.scope.transport.rawValue): "
        + "\(manifest.terminals.grouped) terminals of \(manifest.inventory.escapedForPeople())",
    ]
    lines += runs.map(Self.text)
    if assessment.isPartial { lines.append("UNFINISHED: \(assessment.group[.pending].grouped) terminals are pending") }
    return (lines + ["", table]).joined(separator: "\n")
  }

  private static func text(_ run: SweepRun) -> String {
    let end = run.ended.map { "\(run.ending?.rawValue ?? "ended") \($0.forPeople)" } ?? "running, or cut off"
    return "  run \(run.number)  \(run.started.forPeople)  \(end)"
  }

  private var table: String {
    let outcomes = Outcome.allCases.filter { assessment.group[$0] > 0 }
    var table = TextTable(["site", "soundness", "listed"] + outcomes.map(\.rawValue), numbersFrom: 2)
    for (name, account) in assessment.sites.map({ ($0.site.id.rawValue, $0.account) }) + [("all", assessment.group)] {
      table.add(
        [name, account.soundness.rawValue, account.listed.grouped] + outcomes.map { account[$0].grouped })
    }
    return table.text
  }

  /// A line a site, the sweep's last.
  package var jsonLines: String {
    (assessment.sites.map { line("site", $0.site.id.rawValue, $0.account) }
      + [line("sweep", manifest.id.rawValue, assessment.group)]).joined()
  }

  private func line(_ kind: String, _ name: String, _ account: Account) -> String {
    var object = JSONObject()
    object.set(kind, name)
    object.set(account)
    return String(decoding: object.line, as: UTF8.self)
  }
}
