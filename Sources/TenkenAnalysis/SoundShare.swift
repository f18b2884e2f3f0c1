/// Which part of the listed terminals is sound, as far as can be said: at least those that were seen to be, at most
/// those and every one that was not wholly seen. Exact counts; the percentages are made for people only.
package struct SoundShare: Sendable, Hashable {
  package let least: Int
  package let most: Int
  package let of: Int

  package init(least: Int, most: Int, of: Int) {
    self.least = least
    self.most = most
    self.of = of
  }

  /// Tenths of a per cent, rounded down: never says more than was seen, and 100.0 only of all.
  package var leastPerMille: Int { of == 0 ? 0 : least * 1000 / of }

  /// Tenths of a per cent, rounded up: never hides that more could be sound than it says. Where it is exactly as many
  /// as at least are, it is the same figure.
  package var mostPerMille: Int {
    if least == most { return leastPerMille }
    return of == 0 ? 0 : (most * 1000 + of - 1) / of
  }

  /// `89.3 % to 99.9 %`, or one figure where both are the same, or `-` of nothing.
  package var text: String {
    if of == 0 { return "-" }
    let low = Self.percent(leastPerMille)
    return least == most ? low : "\(low) to \(Self.percent(mostPerMille))"
  }

  /// `893` as `89.3 %`.
  package static func percent(_ perMille: Int) -> String { "\(perMille / 10).\(perMille % 10) %" }
}
