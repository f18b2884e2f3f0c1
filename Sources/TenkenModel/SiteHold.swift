/// What keeps a site from being contacted now, or kept it so when the sweep stopped.
package struct SiteHold: Sendable, Hashable {
  /// The latest thing that was recorded of it; never `released`.
  package let condition: SiteCondition
  /// When it began, in whatever run of the sweep.
  package let since: Timestamp

  package init(_ condition: SiteCondition, since: Timestamp) {
    self.condition = condition
    self.since = since
  }

  package var site: ID<Site> { condition.site }
  package var gateway: ID<Gateway>? { condition.gateway }

  /// Those that stand after these conditions, which are in the order in which they were recorded; the eldest first. A
  /// site that was given up, and held again in a later run, is held since the first of them.
  package static func open(in conditions: [SiteCondition]) -> [SiteHold] {
    var open: [SiteHold] = []
    for condition in conditions {
      let known = open.firstIndex { $0.site == condition.site && $0.gateway == condition.gateway }
      switch (condition.standing, known) {
      case (.released, let known?): open.remove(at: known)
      case (.released, nil): continue
      case (_, let known?): open[known] = SiteHold(condition, since: open[known].since)
      case (_, nil): open.append(SiteHold(condition, since: condition.at))
      }
    }
    return open
  }
}
