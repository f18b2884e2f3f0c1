extension Timestamp {
  /// A moment as checks write it: `2026-11-20T03:12:05Z` (RFC 3339, UTC, whole seconds); `nil` for anything else.
  package init?(written text: String) {
    guard text.utf8.count == 20, text.wholeMatch(of: #/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/#) != nil,
      let day = Timestamp(endOfDay: String(text.prefix(10)))
    else { return nil }
    let parts = text.dropFirst(11).dropLast().split(separator: ":").compactMap { Int64($0) }
    // A leap second is written as the 60th.
    guard parts.count == 3, parts[0] < 24, parts[1] < 60, parts[2] <= 60 else { return nil }
    let seconds = parts[0] * 3600 + parts[1] * 60 + parts[2]
    self.init(milliseconds: day.milliseconds + 1 - 86_400_000 + seconds * 1000)
  }
}
