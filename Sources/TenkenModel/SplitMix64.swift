/// Sebastiano Vigna's SplitMix64 (public domain, https://prng.di.unimi.it/splitmix64.c): small, fast, and the same on
/// every machine. For jitter, samples and rehearsals; never for anything that must not be guessed.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A stream of its own for each seed and each list of `parts`, so that what is drawn for one terminal does not
  /// depend on who was asked before it.
  package init(seed: UInt64, _ parts: UInt64...) {
    state = seed
    for part in parts { state = next() ^ part }
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// At least 0 and below 1, in steps of 2 to the power of -53.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
