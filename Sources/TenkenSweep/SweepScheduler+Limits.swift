internal import TenkenModel

/// What pauses a site or the sweep, and how many further attempts a site has.
extension SweepScheduler {
  /// Attempts again that any site has, however small it is.
  private static let leastRetries = 10

  /// Counts what earlier runs brought, and pauses what they have paused if that still stands.
  mutating func beginTallies() {
    for (terminal, disposition) in plan.dispositions.enumerated() {
      let site = map.siteOf[terminal]
      switch disposition {
      case .settled(let outcome):
        countContacted(at: site, 1)
        sites[site].tally.count(outcome)
        tally.count(outcome)
      case .inspect(_, let attempts, _) where attempts > 0: countContacted(at: site, 1)
      case .inspect, .excluded: continue
      }
    }
    for site in sites.indices {
      sites[site].retries = max(Self.leastRetries, sites[site].unfinished * plan.limits.retryBudget / 100)
      for outcome in PauseLimits.outcomes { pauseWhereCrossed(outcome, at: site) }
    }
    for outcome in PauseLimits.outcomes { pauseSweepWhereCrossed(outcome) }
  }

  /// The tally of the sweep is that of the sites that are not stopped: one that has its own pause does not stop others.
  mutating func countContacted(at site: Int, _ number: Int) {
    sites[site].tally.contacted += number
    if !sites[site].isStopped { tally.contacted += number }
  }

  /// A terminal has its outcome.
  mutating func count(_ outcome: Outcome, at site: Int) {
    guard PauseLimits.outcomes.contains(outcome) else { return }
    sites[site].tally.count(outcome)
    if !sites[site].isStopped { tally.count(outcome) }
    pauseWhereCrossed(outcome, at: site)
    pauseSweepWhereCrossed(outcome)
  }

  private mutating func pauseWhereCrossed(_ outcome: Outcome, at site: Int) {
    guard !sites[site].isStopped, sites[site].unfinished > 0,
      !overrides.contains(LimitOverride(outcome)), !overrides.contains(LimitOverride(outcome, at: map.ids[site])),
      let crossing = sites[site].tally.crossing(of: plan.limits.sitePause, on: outcome)
    else { return }
    stopContacts(at: site)
    note(.limit(crossing, .site), .givenUp, at: [site])
  }

  private mutating func pauseSweepWhereCrossed(_ outcome: Outcome) {
    guard attainable > 0, !overrides.contains(LimitOverride(outcome)),
      let crossing = tally.crossing(of: plan.limits.sweepPause, on: outcome)
    else { return }
    let going = sites.indices.filter { !sites[$0].isStopped && sites[$0].unfinished > 0 }
    going.forEach { stopContacts(at: $0) }
    note(.limit(crossing, .sweep), .givenUp, at: going)
  }
}
