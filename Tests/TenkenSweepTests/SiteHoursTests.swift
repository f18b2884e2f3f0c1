import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenSweep

struct SiteHoursTests {
  private static let offset: SiteHours.Offset = { zone, time in
    TimeZone(identifier: zone).map {
      .seconds($0.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)))
    }
  }

  private func time(_ text: String) throws -> Timestamp {
    Timestamp(milliseconds: Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970 * 1000))
  }

  private func hours(_ windows: [MaintenanceWindow], in zone: String) -> SiteHours {
    SiteHours(windows, zone: zone, offset: Self.offset)
  }

  @Test func `a window is by the site's own clocks, and may pass midnight`() throws {
    let night = hours([MaintenanceWindow(from: 22 * 60, to: 6 * 60)], in: "Asia/Bangkok")
    // Bangkok is seven hours ahead.
    #expect(try !night.isOpen(at: time("2026-11-24T14:59:00Z")))
    #expect(try night.isOpen(at: time("2026-11-24T15:00:00Z")))
    #expect(try night.isOpen(at: time("2026-11-24T22:59:00Z")))
    #expect(try !night.isOpen(at: time("2026-11-24T23:00:00Z")))
    #expect(try night.nextChange(after: time("2026-11-24T12:30:10Z")) == time("2026-11-24T15:00:00Z"))
    #expect(try night.nextChange(after: time("2026-11-24T15:00:00Z")) == time("2026-11-24T23:00:00Z"))
  }

  @Test func `a window belongs to the day on which it begins`() throws {
    let friday = hours([MaintenanceWindow(days: [.friday], from: 22 * 60, to: 6 * 60)], in: "UTC")
    #expect(try !friday.isOpen(at: time("2026-11-27T05:00:00Z")), "that is Thursday's night")
    #expect(try friday.isOpen(at: time("2026-11-27T23:00:00Z")))
    #expect(try friday.isOpen(at: time("2026-11-28T05:59:00Z")))
    #expect(try friday.nextChange(after: time("2026-11-28T06:00:00Z")) == time("2026-12-04T22:00:00Z"))
  }

  @Test func `what is always open never changes`() {
    let always = hours([MaintenanceWindow(from: 0, to: 1440)], in: "Asia/Tokyo")
    #expect(always.nextChange(after: Timestamp(milliseconds: 1_795_498_200_000)) == nil)
  }

  /// Minute by minute, over the weeks in which clocks are put forward and back.
  @Test(arguments: [
    ("America/New_York", "2026-03-05T00:00:00Z"), ("America/New_York", "2026-10-29T00:00:00Z"),
    ("Europe/Berlin", "2026-03-26T00:00:00Z"), ("Australia/Lord_Howe", "2026-04-02T00:00:00Z"),
    ("Asia/Kathmandu", "2026-11-24T00:00:00Z"),
  ])
  func `the next change is the first minute at which it is otherwise`(zone: String, start: String) throws {
    var chance = SplitMix64(seed: 2)
    let begin = try time(start)
    for _ in 0..<6 {
      let windows = (0..<Int.random(in: 1...2, using: &chance)).map { _ in
        MaintenanceWindow(
          days: Set(MaintenanceWindow.Day.allCases.filter { _ in chance.unit() < 0.5 }).union([.sunday]),
          from: Int.random(in: 0...200, using: &chance), to: Int.random(in: 201...1440, using: &chance))
      }
      let hours = hours(windows, in: zone)
      let states = (0..<6 * 1440).map { hours.isOpen(at: Timestamp(milliseconds: begin.milliseconds + $0 * 60_000)) }
      for _ in 0..<40 {
        let minute = Int.random(in: 0..<5 * 1440, using: &chance)
        let after = Timestamp(milliseconds: begin.milliseconds + Int64(minute) * 60_000 + 17)
        let expected = states[minute...].firstIndex { $0 != states[minute] }
        guard let expected else { continue }
        let found = hours.nextChange(after: after).map { Int(($0.milliseconds - begin.milliseconds) / 60_000) }
        #expect(found == expected, "\(windows) in \(zone), \(minute) minutes after \(start)")
      }
    }
  }

  @Test func `a site outside its hours waits, and nobody else does`() throws {
    let site = Site(
      id: "bangkok", name: "", timeZone: "Asia/Bangkok", windows: [MaintenanceWindow(from: 22 * 60, to: 6 * 60)])
    let started = try time("2026-11-24T13:00:00Z")
    var fleet = FleetSimulation(
      [(site, 50), (SampleFleet.site("tokyo"), 50)], limits: Limits(), started: started, offset: Self.offset)
    #expect(fleet.hours == [HoursChange(site: "bangkok", opens: .seconds(2 * 3600))])
    #expect(fleet.run { _, _ in .well() } == .finished)
    #expect(fleet.starts(at: "tokyo").allSatisfy { $0 < .seconds(10) })
    #expect(fleet.starts(at: "bangkok").allSatisfy { $0 >= .seconds(2 * 3600) && $0 < .seconds(2 * 3600 + 10) })
    #expect(fleet.hours.last == HoursChange(site: "bangkok", opens: nil))
  }

  @Test func `where the hours end, what is in flight finishes and the rest waits for the next night`() throws {
    let site = Site(
      id: "a", name: "", concurrency: 1, windows: [MaintenanceWindow(from: 60, to: 61)])
    var fleet = FleetSimulation([(site, 10)], limits: Limits())
    #expect(fleet.run { _, _ in .well(.seconds(25)) } == .finished)
    let day = Duration.seconds(86_400)
    let nights = Dictionary(grouping: fleet.starts(at: "a")) { Int($0 / day) }
    #expect(nights.mapValues(\.count) == [0: 3, 1: 3, 2: 3, 3: 1])
  }
}
