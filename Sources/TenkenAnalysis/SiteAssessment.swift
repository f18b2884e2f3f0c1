package import TenkenModel

/// What one sweep comes to for one site.
package struct SiteAssessment: Sendable {
  package let site: Site
  package let account: Account
  /// Indices into the inventory's terminals, in its order.
  package let terminals: [Int]
  /// The worst first, with this site's terminals only.
  package let findings: [Finding]

  package init(site: Site, account: Account, terminals: [Int], findings: [Finding]) {
    self.site = site
    self.account = account
    self.terminals = terminals
    self.findings = findings
  }

  package var soundness: Soundness { account.soundness }
}
