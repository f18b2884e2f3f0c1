internal import TenkenModel

/// How many terminals were contacted so far, at a site or in all, and how many of them ended as no one wishes.
struct Tally: Sendable {
  /// In this sweep, earlier runs of it and those in flight included.
  var contacted = 0
  private var ended: [Outcome: Int] = [:]

  mutating func count(_ outcome: Outcome) {
    if PauseLimits.outcomes.contains(outcome) { ended[outcome, default: 0] += 1 }
  }

  mutating func subtract(_ other: Tally) {
    contacted -= other.contacted
    for (outcome, count) in other.ended { ended[outcome, default: 0] -= count }
  }

  /// What is crossed of these limits; `nil` where they hold.
  func crossing(of limits: PauseLimits, on outcome: Outcome) -> LimitCrossing? {
    guard let count = ended[outcome], let text = limits[outcome]?.crossing(ended: count, contacted: contacted) else {
      return nil
    }
    return LimitCrossing(outcome: outcome, ended: count, contacted: contacted, limit: text)
  }
}
