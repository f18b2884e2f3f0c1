internal import TenkenModel

/// Some of many terminals, drawn by chance: the same for the same seed, and whoever is drawn for a number is drawn for
/// every larger one.
package struct TerminalSample: Sendable {
  private let drawn: Set<Int>

  /// - Parameters:
  ///   - count: how many; all of them where there are no more.
  ///   - candidates: by their index in the inventory.
  package init(_ count: Int, of candidates: [Int], seed: UInt64) {
    let ranked = candidates.map { candidate in
      var generator = SplitMix64(seed: seed, 0x5A3B1E, UInt64(candidate))
      return (rank: generator.next(), candidate: candidate)
    }
    drawn = Set(ranked.sorted { $0 < $1 }.prefix(max(0, count)).map(\.candidate))
  }

  package func contains(_ terminal: Int) -> Bool { drawn.contains(terminal) }
}
