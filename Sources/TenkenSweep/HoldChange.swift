package import TenkenModel

/// A change in whether sites are contacted, for a cause that is not their terminals' own.
package struct HoldChange: Sendable, Hashable {
  package enum Cause: Sendable, Hashable {
    case gateway(ID<Gateway>)
    /// So many contacts in a row had no answer.
    case silence(ID<Site>)
    case limit(LimitCrossing, PauseScope)
  }

  package enum PauseScope: Sendable, Hashable { case site, sweep }

  package enum Standing: Sendable, Hashable {
    /// Nobody is sent there before then.
    case held(until: Duration)
    case released
    case givenUp
  }

  package let cause: Cause
  package let standing: Standing
  /// Those concerned that have something left to do.
  package let sites: [ID<Site>]
}

/// The hours of a site began or ended.
package struct HoursChange: Sendable, Hashable {
  package let site: ID<Site>
  /// Since the start of the run; `nil` where it is open now.
  package let opens: Duration?
}

extension SweepScheduler {
  /// What happened to sites since this was asked last, in order.
  package mutating func takeHoldChanges() -> [HoldChange] {
    defer { holdChanges = [] }
    return holdChanges
  }

  /// Whose hours began or ended since this was asked last, of sites with something left to do.
  package mutating func takeHoursChanges() -> [HoursChange] {
    defer { hoursChanges = [] }
    return hoursChanges
  }

  mutating func note(_ passage: Int, _ standing: HoldChange.Standing) {
    guard let cause = map.gateway(at: passage).map(HoldChange.Cause.gateway) ?? site(at: passage) else { return }
    note(cause, standing, at: map.behind[passage])
  }

  mutating func note(_ cause: HoldChange.Cause, _ standing: HoldChange.Standing, at sites: [Int]) {
    let concerned = sites.filter { self.sites[$0].unfinished > 0 }.map { map.ids[$0] }
    holdChanges.append(HoldChange(cause: cause, standing: standing, sites: concerned))
  }

  private func site(at passage: Int) -> HoldChange.Cause? {
    passage < map.ids.count ? .silence(map.ids[passage]) : nil
  }
}
