/// A limit that a person has decided to go beyond: `auth-failed` everywhere, `auth-failed@bangkok` at one site.
package struct LimitOverride: Sendable, Hashable {
  package let outcome: Outcome
  /// `nil`: that of every site, and that of the sweep.
  package let site: ID<Site>?

  package init(_ outcome: Outcome, at site: ID<Site>? = nil) {
    self.outcome = outcome
    self.site = site
  }

  /// As it is written: `auth-failed@bangkok`.
  package var text: String { outcome.rawValue + (site.map { "@\($0)" } ?? "") }

  /// `nil` for anything but an outcome that has a limit, and the id of a site after `@`.
  package init?(text: String) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let outcome = parts.first.flatMap({ Outcome(rawValue: String($0)) }), PauseLimits.outcomes.contains(outcome)
    else { return nil }
    self.outcome = outcome
    guard parts.count == 2 else {
      site = nil
      return
    }
    guard let site = ID<Site>(parts[1]) else { return nil }
    self.site = site
  }
}
