/// A turn in what keeps the terminals of a site from being contacted, where the cause is not theirs: the site is held
/// when the way to it fails, until it is released or given up. Its terminals stay `pending` meanwhile.
package struct SiteCondition: Sendable, Hashable {
  package enum Standing: String, Sendable, Hashable, CaseIterable {
    /// Nothing new starts there but, now and then, one terminal to try.
    case held
    /// Somebody got through: the site goes on.
    case released
    /// Not tried again in this run of the sweep.
    case givenUp = "given-up"
  }

  /// What stops at a limit on outcomes.
  package enum Pause: String, Sendable, Hashable, CaseIterable { case site, sweep }

  package let site: ID<Site>
  package let standing: Standing
  /// The jump host that is to blame; `nil` where the site itself is.
  package let gateway: ID<Gateway>?
  /// What the contact with it would have ended with, were it a terminal; `nil` where the site is released.
  package let outcome: Outcome?
  /// For people; empty where the site is released.
  package let reason: String
  /// What the gateway showed, where it showed a key.
  package let hostKey: HostKeyEvidence?
  /// Which limit on `outcome` it is given up for: the site's own or that of the sweep; `nil` where the cause is another.
  package let pause: Pause?
  package let at: Timestamp

  package init(
    site: ID<Site>, standing: Standing, gateway: ID<Gateway>?, outcome: Outcome?, reason: String,
    hostKey: HostKeyEvidence? = nil, pause: Pause? = nil, at: Timestamp
  ) {
    self.site = site
    self.standing = standing
    self.gateway = gateway
    self.outcome = outcome
    self.reason = reason
    self.hostKey = hostKey
    self.pause = pause
    self.at = at
  }

  /// What a resume is to go beyond, for the site to go on; `nil` where no limit paused it.
  package var remedy: LimitOverride? {
    guard let pause, let outcome else { return nil }
    return LimitOverride(outcome, at: pause == .site ? site : nil)
  }

  /// `gateway bkk-jump: connection refused`; whoever shows it escapes it.
  package var cause: String { (gateway.map { "gateway \($0): " } ?? "") + reason }
}
