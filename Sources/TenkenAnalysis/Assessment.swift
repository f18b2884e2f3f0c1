package import TenkenModel

/// What a sweep comes to: every listed terminal in exactly one state, every site its worst case.
package struct Assessment: Sendable {
  /// The sum of the sites' accounts.
  package let group: Account
  /// In the order of the inventory.
  package let sites: [SiteAssessment]
  /// In the order of the inventory, one a terminal.
  package let terminals: [TerminalAssessment]
  /// The worst first.
  package let findings: [Finding]
  /// The checks that the sweep runs, sorted: fewer than the catalogue has where it was asked so.
  package let checks: [ID<Check>]
  /// Who connected to whom.
  package let flows: FlowMatrix

  package init(
    group: Account, sites: [SiteAssessment], terminals: [TerminalAssessment], findings: [Finding],
    checks: [ID<Check>] = [], flows: FlowMatrix
  ) {
    self.group = group
    self.sites = sites
    self.terminals = terminals
    self.findings = findings
    self.checks = checks
    self.flows = flows
  }

  package var soundness: Soundness { group.soundness }

  /// Terminals are still to be inspected: whatever is said of the sweep is said of a part of it.
  package var isPartial: Bool { group[.pending] > 0 }
}
