package import TenkenModel

/// What one sweep comes to for one site.
package struct SiteAssessment: Sendable {
  package let site: Site
  package let account: Account
  /// Indices into the inventory's terminals, in its order.
  package let terminals: [Int]
  /// The worst first, with this site's terminals only.
  package let findings: [Finding]
  /// What keeps it from being contacted further, the eldest first; empty where nothing is left to do there.
  package let holds: [SiteHold]

  package init(site: Site, account: Account, terminals: [Int], findings: [Finding], holds: [SiteHold] = []) {
    self.site = site
    self.account = account
    self.terminals = terminals
    self.findings = findings
    self.holds = account[.pending] > 0 ? holds : []
  }

  package var soundness: Soundness { account.soundness }
}
