import TenkenAnalysis
import Testing

@Suite struct `A share of sound terminals` {
  @Test(arguments: [
    (9996, 9996, 10_000, "99.9 %"), (0, 0, 7, "0.0 %"), (7, 7, 7, "100.0 %"),
    (2412, 2697, 2700, "89.3 % to 99.9 %"),
    (1, 1, 3, "33.3 %"), (0, 1, 29_000, "0.0 % to 0.1 %"), (28_999, 29_000, 29_000, "99.9 % to 100.0 %"),
    (0, 0, 0, "-"), (1, 2, 2, "50.0 % to 100.0 %"),
  ])
  func `rounds its lower bound down and its upper bound up`(least: Int, most: Int, of: Int, text: String) {
    let share = SoundShare(least: least, most: most, of: of)
    #expect(share.text == text)
    #expect((share.leastPerMille == share.mostPerMille) == !text.contains("to"))
  }

  @Test func `says 100 per cent at least only where every terminal is sound`() {
    let listed = 1...3000
    #expect(listed.allSatisfy { SoundShare(least: $0 - 1, most: $0, of: $0).leastPerMille < 1000 })
    #expect(listed.allSatisfy { SoundShare(least: $0, most: $0, of: $0).leastPerMille == 1000 })
    #expect(listed.allSatisfy { SoundShare(least: 0, most: 1, of: $0).mostPerMille > 0 })
  }
}
