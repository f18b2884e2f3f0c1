internal import TenkenModel

extension MaintenanceWindow {
  /// Reads an item of a site's `windows`: `22:00-06:00`, `Mon-Fri 22:00-06:00`, `Sat,Sun 00:00-24:00`.
  init(written text: String) throws(Malformed) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let hours = parts.last,
      let days = parts.count == 1 ? Set(Day.allCases) : Self.days(parts[0])
    else { throw Self.malformed(text) }
    let ends = hours.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let from = Self.minutes(ends[0]), let to = Self.minutes(ends[1]), from < 1440, to > 0,
      from != to
    else { throw Self.malformed(text) }
    self.init(days: days, from: from, to: to)
  }

  private static func malformed(_ text: String) -> Malformed {
    Malformed(
      what: "bad window \(text.quoted)",
      fix: "write the days and the hours, by the site's own clocks, such as Mon-Fri 22:00-06:00, Sat,Sun 00:00-24:00, "
        + "or 22:00-06:00 for every day")
  }

  /// `Mon`, `Mon-Fri`, `Fri-Mon`, `Sat,Sun`.
  private static func days(_ text: Substring) -> Set<Day>? {
    var days: Set<Day> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Day(name: $0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else { return nil }
      let length = (last.rawValue - first.rawValue + 7) % 7
      for step in 0...length { days.insert(Day.allCases[(first.rawValue + step) % 7]) }
    }
    return days
  }

  /// `00:00` to `24:00`.
  private static func minutes(_ text: Substring) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
      [0, 1, 3, 4].allSatisfy({ (0x30...0x39).contains(bytes[$0]) }),
      let hours = Int(text.prefix(2)), let minutes = Int(text.suffix(2)), minutes < 60, hours * 60 + minutes <= 1440
    else { return nil }
    return hours * 60 + minutes
  }
}
