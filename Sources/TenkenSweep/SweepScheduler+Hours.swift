internal import TenkenModel

/// The hours of sites.
extension SweepScheduler {
  mutating func beginHours() {
    for site in sites.indices where sites[site].hours != nil && sites[site].unfinished > 0 {
      changeHours(of: site, at: .zero)
    }
  }

  /// Looks at the site's clocks: whether contacts may begin, and when that changes.
  mutating func changeHours(of site: Int, at now: Duration) {
    guard let hours = sites[site].hours else { return }
    let time = Timestamp(milliseconds: started.milliseconds + now.wholeMilliseconds)
    let was = sites[site].isWithinHours
    sites[site].isWithinHours = hours.isOpen(at: time)
    // Later than now in any case: a millisecond may have been cut off.
    let change = hours.nextChange(after: time).map { max($0.elapsed(since: started), now + .milliseconds(1)) }
    if let change, !sites[site].isStopped { hourChanges.insert(site, rank: change) }
    guard was != sites[site].isWithinHours, sites[site].unfinished > 0, !sites[site].isStopped else { return }
    hoursChanges.append(HoursChange(site: map.ids[site], opens: sites[site].isWithinHours ? nil : change))
    rotate(site)
    rotate(site + sites.count)
  }
}
