extension Duration {
  /// Reads `250ms`, `10s`, `5m`, `2h`: a whole number and a unit. `nil` for anything else, and beyond 10,000 hours.
  package init?(text: some StringProtocol) {
    let digits = text.prefix(while: { $0.isASCII && $0.isNumber })
    guard let number = Int64(digits) else { return nil }
    let milliseconds: Int64
    switch text.dropFirst(digits.count) {
    case "ms": milliseconds = 1
    case "s": milliseconds = 1000
    case "m": milliseconds = 60_000
    case "h": milliseconds = 3_600_000
    default: return nil
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: milliseconds)
    guard !overflow, product <= 36_000_000_000 else { return nil }
    self = .milliseconds(product)
  }

  package var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }

  /// The shortest text that `init(text:)` reads back, to the millisecond.
  package var text: String {
    let value = wholeMilliseconds
    if value % 1000 != 0 || value == 0 { return "\(value)ms" }
    if value % 3_600_000 == 0 { return "\(value / 3_600_000)h" }
    if value % 60_000 == 0 { return "\(value / 60_000)m" }
    return "\(value / 1000)s"
  }

  /// For people, at most two units: `850 ms`, `12 s`, `4 min 10 s`, `3 h 5 min`.
  package var forPeople: String {
    let value = wholeMilliseconds
    if value < 1000 { return "\(value) ms" }
    let seconds = value / 1000
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s" }
    let minutes = seconds / 60
    return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
  }
}
