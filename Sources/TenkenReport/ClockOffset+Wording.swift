internal import TenkenAnalysis
internal import TenkenModel

extension ClockOffset {
  /// `ahead by 93.0 s (±0.2 s)`, `behind by 3 h 5 min (±0.4 s)`.
  var wording: String {
    "\(milliseconds < 0 ? "behind" : "ahead") by \(Self.text(milliseconds.magnitude)) (±\(Self.tenths(margin)) s)"
  }

  private static func text(_ milliseconds: UInt64) -> String {
    let whole = Int64(milliseconds)
    let days = Int(whole / 86_400_000)
    if days >= 2 { return "\(days.grouped) days" }
    return whole < 120_000 ? "\(tenths(whole)) s" : Duration.milliseconds(whole).forPeople
  }

  /// Rounded up, so that the margin is never told too small.
  private static func tenths(_ milliseconds: Int64) -> String {
    let tenths = (milliseconds + 99) / 100
    return "\(tenths / 10).\(tenths % 10)"
  }
}
