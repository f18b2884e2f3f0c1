internal import TenkenModel

/// How long a terminal waits before it is contacted again: exponentially longer, with a jitter that spreads what
/// failed together.
package struct Backoff: Sendable, Hashable {
  package let base: Duration
  package let factor: Int
  package let cap: Duration

  package init(base: Duration = .seconds(2), factor: Int = 3, cap: Duration = .seconds(60)) {
    self.base = base
    self.factor = factor
    self.cap = cap
  }

  /// After the attempt of this number (1 for the first): between half and all of `base` times `factor` to the power
  /// of `attempt - 1`, never more than `cap`. The same for the same seed, terminal and attempt, whatever happened
  /// before.
  package func delay(after attempt: Int, terminal: Int, seed: UInt64) -> Duration {
    var longest = min(base, cap)
    var step = 1
    while step < attempt, longest < cap {
      longest = min(longest * factor, cap)
      step += 1
    }
    var generator = SplitMix64(seed: seed, UInt64(terminal), UInt64(attempt))
    return longest * (0.5 + 0.5 * generator.unit())
  }
}
