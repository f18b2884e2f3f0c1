package import TenkenModel

/// What could not be reached when a sweep was interrupted, or was paused then: whoever resumes it sends one terminal
/// first.
package struct Doubts: Sendable, Hashable {
  package let gateways: Set<ID<Gateway>>
  package let sites: Set<ID<Site>>

  package init(gateways: Set<ID<Gateway>> = [], sites: Set<ID<Site>> = []) {
    self.gateways = gateways
    self.sites = sites
  }

  /// What holds stand for.
  package init(_ holds: [SiteHold]) {
    gateways = Set(holds.compactMap(\.gateway))
    sites = Set(holds.filter { $0.gateway == nil }.map(\.site))
  }
}
