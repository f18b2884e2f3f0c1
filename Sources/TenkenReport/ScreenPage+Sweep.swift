internal import TenkenAnalysis
internal import TenkenModel

extension ScreenPage {
  /// All that qualifies the sweep: it comes before anything that is said of it.
  ///
  /// - Parameter specimens: whether to say how many terminals are specimens; a page of one says it of that one.
  mutating func remarks(on report: Report, specimens: Bool = true) {
    let remarks = Provenance.warnings(on: report) + [report.coverage.remark].compactMap { $0 }
    for remark in specimens ? Provenance.remarks(on: report) : remarks { paragraph(remark, .bold) }
  }

  mutating func sweep(_ manifest: SweepManifest, more: String = "") {
    let name = manifest.scope.name.isEmpty ? "" : "  \(manifest.scope.name.escapedForPeople(maxLength: 40))"
    composed("sweep \(manifest.id)\(name)\(more)")
  }

  mutating func accounts(of account: Account) {
    paragraph(account.statesText, lead: "states    ")
    paragraph(account.outcomesText, lead: "outcomes  ")
  }

  /// A command to paste: one that is too long goes on in the next line before an option, as a shell has it.
  ///
  /// - Parameter parts: where it may be cut.
  mutating func command(_ parts: [String], lead: String) {
    let parts = parts.map { $0.escapedForPeople(maxLength: .max) }
    let whole = lead + parts.joined(separator: " ")
    let indent = String(repeating: " ", count: lead.displayWidth + 2)
    composed(whole.displayWidth <= width ? whole : lead + parts.joined(separator: " \\\n\(indent)"))
  }
}
