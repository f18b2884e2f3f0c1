internal import Foundation
internal import TenkenModel

/// The time zones that this station knows.
enum WorldClock {
  /// What the clocks of a zone are ahead of UTC then; `nil` for a zone that the station does not know.
  static func offset(of zone: String, at time: Timestamp) -> Duration? {
    TimeZone(identifier: zone).map { zone in
      .seconds(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)))
    }
  }
}

extension Plan {
  /// - Throws: `badInput` where a site has windows in a time zone that this station does not know.
  func expectKnownZones(at now: Timestamp) throws(Failure) {
    for site in inventory.sites
    where !site.windows.isEmpty && WorldClock.offset(of: site.timeZone, at: now) == nil {
      throw Failure(
        .badInput, "cannot tell the windows of site \(site.id)",
        why: "this station does not know its time zone \"\(site.timeZone)\"",
        next: "Correct time-zone in sites.yaml, or install the station's tzdata.")
    }
  }
}
