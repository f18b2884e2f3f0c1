package import TenkenModel

/// How far the clock of a terminal is ahead of the station's, as far as one contact can tell: the reading was taken at
/// some moment between its start and its end.
package struct ClockOffset: Sendable, Hashable {
  /// Beyond this the times in a terminal's logs cannot be put beside another's without a correction.
  package static let limit = Duration.seconds(60)

  /// In milliseconds; negative where the clock is behind.
  package let range: ClosedRange<Int64>

  /// - Parameter reading: seconds since 1970, with or without a fraction: `1764000000.250000000`. A fraction that is no
  ///   number (`date` without `%N`) is not counted as one.
  /// - Returns: `nil` where the reading is no time, or where the station's own clock went backwards meanwhile.
  package init?(reading: some StringProtocol, from started: Timestamp, to ended: Timestamp) {
    guard let time = Self.time(reading), started <= ended else { return nil }
    range = (time.lowerBound - ended.milliseconds)...(time.upperBound - started.milliseconds)
  }

  /// Whether the clock is certainly no farther off than `limit`.
  package var isWithinLimit: Bool {
    let limit = Self.limit.wholeMilliseconds
    return range.lowerBound >= -limit && range.upperBound <= limit
  }

  /// The middle of what is possible, in milliseconds.
  package var milliseconds: Int64 { range.lowerBound + (range.upperBound - range.lowerBound) / 2 }

  /// How far the truth may be from the middle, in milliseconds.
  package var margin: Int64 { (range.upperBound - range.lowerBound + 1) / 2 }

  /// When it was on the terminal's clock, in milliseconds since 1970: a reading of whole seconds leaves a second open.
  private static func time(_ reading: some StringProtocol) -> ClosedRange<Int64>? {
    let parts = reading.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, isNumber(first), first.utf8.count <= 12, let seconds = Int64(first) else {
      return nil
    }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard fraction.utf8.count >= 3, isNumber(fraction), let milliseconds = Int64(fraction.prefix(3)) else {
      return (seconds * 1000)...(seconds * 1000 + 1000)
    }
    return (seconds * 1000 + milliseconds)...(seconds * 1000 + milliseconds + 1)
  }

  private static func isNumber(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
