import TenkenModel
import Testing

struct SplitMix64Tests {
  /// What the author's C program prints for these seeds.
  @Test(
    arguments: [
      (0, [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F]),
      (1_234_567, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]),
    ] as [(UInt64, [UInt64])])
  func `the words are those of the reference implementation`(seed: UInt64, words: [UInt64]) {
    var generator = SplitMix64(seed: seed)
    #expect(words.map { _ in generator.next() } == words)
  }

  @Test func `every list of parts has a stream of its own`() {
    var first: Set<UInt64> = []
    for seed in UInt64(0)..<10 {
      for part in UInt64(0)..<10 {
        for further in UInt64(0)..<10 {
          var generator = SplitMix64(seed: seed, part, further)
          first.insert(generator.next())
        }
      }
    }
    #expect(first.count == 1000)
  }

  @Test func `a unit is in its interval and evenly spread`() {
    var generator = SplitMix64(seed: 7)
    let units = (0..<10_000).map { _ in generator.unit() }
    #expect(units.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(units.reduce(0, +) / 10_000 - 0.5) < 0.02)
  }
}
