/// When contacts may begin at a site, by the site's own clocks: `Mon-Fri 22:00-06:00`.
package struct MaintenanceWindow: Sendable, Hashable, Codable {
  package enum Day: Int, Sendable, Hashable, Codable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// `Mon`.
    package var name: String { ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][rawValue] }

    package init?(name: some StringProtocol) {
      guard let day = Self.allCases.first(where: { $0.name == name }) else { return nil }
      self = day
    }
  }

  /// On which it begins.
  package let days: Set<Day>
  /// Minutes since midnight, 0 to 1439.
  package let from: Int
  /// Minutes since midnight, 1 to 1440. Where it is not after `from`, it is of the next day.
  package let to: Int

  package init(days: Set<Day> = Set(Day.allCases), from: Int, to: Int) {
    self.days = days
    self.from = from
    self.to = to
  }

  /// - Parameters:
  ///   - minutes: since midnight.
  ///   - day: on which those minutes are.
  package func contains(minutes: Int, of day: Day) -> Bool {
    if from < to { return days.contains(day) && (from..<to).contains(minutes) }
    return minutes >= from ? days.contains(day) : minutes < to && days.contains(day.before)
  }
}

extension MaintenanceWindow.Day {
  fileprivate var before: Self { Self.allCases[(rawValue + 6) % 7] }
}
