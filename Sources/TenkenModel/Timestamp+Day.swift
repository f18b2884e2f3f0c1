extension Timestamp {
  /// The last millisecond of a day in UTC, written `2026-12-31`; `nil` for what is no day of the calendar.
  package init?(endOfDay text: String) {
    guard text.wholeMatch(of: #/\d{4}-\d{2}-\d{2}/#) != nil else { return nil }
    let parts = text.split(separator: "-").compactMap { Int64($0) }
    guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else { return nil }
    let end = Timestamp(milliseconds: (Self.days(parts[0], parts[1], parts[2]) + 1) * 86_400_000 - 1)
    // February has no 30th: such a day would come back as another one.
    guard end.date == text else { return nil }
    self = end
  }

  /// Days since 1970-01-01, by Howard Hinnant's `days_from_civil` (Euclidean eras of 400 years).
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
