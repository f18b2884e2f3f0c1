package import TenkenModel

/// What an audit of a journal looked at, and whether all of it is as it was recorded.
package struct AuditPage {
  private let audit: JournalAudit
  private let sweep: ID<SweepManifest>
  private let runs: [SweepRun]

  /// - Parameter runs: those of the sweep.
  package init(_ audit: JournalAudit, of sweep: ID<SweepManifest>, runs: [SweepRun]) {
    self.audit = audit
    self.sweep = sweep
    self.runs = runs
  }

  package var text: String {
    let verdict = audit.problems.isEmpty ? "verifies" : "DOES NOT VERIFY: \(audit.problems.count.of("problem"))"
    let isSound = audit.problems.isEmpty
    let bytes = "\(audit.outputBytes.grouped) bytes, stored in \(audit.storedBytes.grouped)"
    return """
      sweep \(sweep): \(verdict)
        schema \(audit.version), \(audit.runs.of("run"))
        \(audit.terminals.of("terminal"))\(isSound ? ", each with one outcome" : "")
        \(audit.attempts.of("attempt")), \(audit.observations.of("result")), \(audit.facts.of("fact"))
        \(audit.outputs.of("output"))\(isSound ? ", each with its digest" : ""): \(bytes)

      """ + runs.compactMap(OverrideRemark.text).map { "  \($0)\n" }.joined()
  }
}
