import TenkenAnalysis
import TenkenModel
import Testing

@Suite struct ClockOffsetTests {
  private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

  @Test func `the offset is known up to the time that the contact took`() throws {
    let offset = try #require(ClockOffset(reading: "1093.500000000", from: at(1_000_000), to: at(1_000_400)))
    #expect(offset.range == 93_100...93_501)
    #expect(offset.milliseconds == 93_300)
    #expect(offset.margin == 201)
    #expect(!offset.isWithinLimit)
  }

  @Test func `a reading of whole seconds leaves a second open`() throws {
    let offset = try #require(ClockOffset(reading: "1000", from: at(1_000_000), to: at(1_000_400)))
    #expect(offset.range == -400...1000)
  }

  @Test(arguments: ["1000.N", "1000.%N", "1000.", "1000.12", "1000.-12", "1000.1 2"])
  func `a fraction that is no number counts as none`(reading: String) throws {
    let offset = try #require(ClockOffset(reading: reading, from: at(1_000_000), to: at(1_000_000)))
    #expect(offset.range == 0...1000)
  }

  @Test(arguments: ["", ".", ".5", "-5", "+5", "now", "%s", "1e9", "1234567890123", " 1000", "１０００", "10\n00"])
  func `what is no time gives no offset`(reading: String) {
    #expect(ClockOffset(reading: reading, from: at(0), to: at(1)) == nil)
  }

  @Test func `a station whose own clock went backwards tells nothing`() {
    #expect(ClockOffset(reading: "1", from: at(1000), to: at(999)) == nil)
  }

  @Test(arguments: [
    (Int64(-60_000), Int64(0), true), (-60_001, 0, false), (59_999, 0, true), (60_000, 0, false), (0, 59_000, true),
    (0, 60_001, false), (-50_000, 10_001, false),
  ])
  func `a clock is right only where it certainly is`(ahead: Int64, took: Int64, isRight: Bool) throws {
    let (start, clock) = (Int64(5_000_000), Int64(5_000_000) + ahead)
    let digits = String(1000 + (clock % 1000 + 1000) % 1000).dropFirst()
    let reading = "\(clock / 1000).\(digits)"
    let offset = try #require(ClockOffset(reading: reading, from: at(start), to: at(start + took)))
    #expect(offset.isWithinLimit == isRight)
  }

  @Test func `the truth is always inside`() throws {
    var random = SplitMix64(seed: 7)
    for _ in 0..<2000 {
      let start = Int64.random(in: 1_000_000...9_000_000, using: &random)
      let took = Int64.random(in: 0...400_000, using: &random)
      let read = Int64.random(in: start...(start + took), using: &random)
      let ahead = Int64.random(in: -900_000...900_000, using: &random)
      let clock = read + ahead
      let fraction = String(1000 + clock % 1000).dropFirst()
      for reading in ["\(clock / 1000)", "\(clock / 1000).\(fraction)"] {
        let offset = try #require(ClockOffset(reading: reading, from: at(start), to: at(start + took)))
        #expect(offset.range.contains(ahead))
        #expect(abs(offset.milliseconds - ahead) <= offset.margin)
      }
    }
  }
}
