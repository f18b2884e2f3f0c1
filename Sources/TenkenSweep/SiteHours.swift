package import TenkenModel

/// When contacts may begin at one site, on the wall clock of the world.
package struct SiteHours: Sendable {
  /// What a zone's clocks are ahead of UTC at a moment; `nil` for a zone that the station does not know.
  package typealias Offset = @Sendable (_ zone: String, _ at: Timestamp) -> Duration?

  private static let minute: Int64 = 60_000
  private static let day: Int64 = 86_400_000

  private let windows: [MaintenanceWindow]
  private let zone: String
  private let offset: Offset

  /// - Parameter windows: not empty.
  package init(_ windows: [MaintenanceWindow], zone: String, offset: @escaping Offset) {
    self.windows = windows
    self.zone = zone
    self.offset = offset
  }

  package func isOpen(at time: Timestamp) -> Bool {
    let local = time.milliseconds + shift(at: time.milliseconds)
    let days = Self.floor(local, Self.day)
    // 1970-01-01 was a Thursday.
    guard let today = MaintenanceWindow.Day(rawValue: Int(((days + 3) % 7 + 7) % 7)) else { return false }
    let minutes = Int((local - days * Self.day) / Self.minute)
    return windows.contains { $0.contains(minutes: minutes, of: today) }
  }

  /// The first minute after `time` at which it is otherwise; `nil` where it stays so for the next eight days.
  package func nextChange(after time: Timestamp) -> Timestamp? {
    let isOpen = isOpen(at: time)
    var before = time.milliseconds
    for edge in edges(after: before) {
      if self.isOpen(at: Timestamp(milliseconds: edge)) != isOpen {
        return first(where: !isOpen, after: before, upTo: edge)
      }
      before = edge
    }
    return nil
  }

  /// Moments of the next eight days at which a window may begin or end, in order: whenever the clocks may show its hour,
  /// and whenever they are put forward or back.
  private func edges(after time: Int64) -> [Int64] {
    let days = (0...8).map { time + Int64($0) * Self.day }
    let shifts = Set(days.map { shift(at: $0) })
    let minutes = Set(windows.flatMap { [$0.from, $0.to % 1440] })
    var edges = zip(days, days.dropFirst()).compactMap { turn(from: $0, to: $1) }
    for shift in shifts {
      let today = Self.floor(time + shift, Self.day)
      for day in -1...8 {
        for minute in minutes { edges.append((today + Int64(day)) * Self.day + Int64(minute) * Self.minute - shift) }
      }
    }
    return edges.filter { $0 > time }.sorted()
  }

  /// The first minute at which the clocks are otherwise set than at `start`, where they are so at `end`.
  private func turn(from start: Int64, to end: Int64) -> Int64? {
    let before = shift(at: start)
    guard shift(at: end) != before else { return nil }
    var (low, high) = (Self.floor(start, Self.minute), Self.floor(end, Self.minute))
    while high - low > 1 {
      let middle = (low + high) / 2
      if shift(at: middle * Self.minute) == before { low = middle } else { high = middle }
    }
    return high * Self.minute
  }

  private func first(where state: Bool, after time: Int64, upTo end: Int64) -> Timestamp {
    var (low, high) = (Self.floor(time, Self.minute), Self.floor(end, Self.minute))
    while high - low > 1 {
      let middle = (low + high) / 2
      if isOpen(at: Timestamp(milliseconds: middle * Self.minute)) == state { high = middle } else { low = middle }
    }
    return Timestamp(milliseconds: high * Self.minute)
  }

  private func shift(at time: Int64) -> Int64 {
    offset(zone, Timestamp(milliseconds: time))?.wholeMilliseconds ?? 0
  }

  private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }
}
