/// A moment of wall-clock time, in milliseconds since 1970-01-01T00:00:00Z. Data only: nothing is scheduled by it.
package struct Timestamp: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  package func elapsed(since earlier: Timestamp) -> Duration {
    .milliseconds(milliseconds - earlier.milliseconds)
  }

  /// `2026-11-24T05:30:00.250Z` (RFC 3339, UTC).
  package var description: String {
    "\(date)T\(time).\(Self.padded(milliseconds - Self.floor(milliseconds, 1000) * 1000, 3))Z"
  }

  /// `2026-11-24 05:30:00 UTC`, for people.
  package var forPeople: String { "\(date) \(time) UTC" }

  /// `2026-11-24`.
  package var date: String {
    let (year, month, day) = civil
    return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
  }

  /// `05:30:00`.
  package var time: String {
    let second = Self.floor(milliseconds, 1000) - Self.floor(milliseconds, 86_400_000) * 86_400
    return "\(Self.padded(second / 3600, 2)):\(Self.padded(second / 60 % 60, 2)):\(Self.padded(second % 60, 2))"
  }

  /// Proleptic Gregorian date by Howard Hinnant's `civil_from_days` (Euclidean eras of 400 years).
  private var civil: (year: Int64, month: Int64, day: Int64) {
    let days = Self.floor(milliseconds, 86_400_000) + 719_468
    let era = Self.floor(days, 146_097)
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
