package import TenkenModel

extension Plan {
  /// How many terminals of a site are contacted at once at most, `nil` for a site that the inventory does not
  /// describe. Never more than the fleet's ceiling, and never none: a plan with a ceiling of 0 would never end.
  package func ceiling(of site: Site?) -> Int {
    max(1, min(site?.concurrency ?? limits.perSite, limits.concurrency))
  }
}
