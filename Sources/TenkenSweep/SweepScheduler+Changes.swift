internal import TenkenModel

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
