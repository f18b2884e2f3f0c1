import TenkenModel
import Testing

struct DurationTextTests {
  @Test(
    arguments: [
      ("0s", 0), ("250ms", 250), ("10s", 10_000), ("5m", 300_000), ("2h", 7_200_000), ("10000h", 36_000_000_000),
      ("007s", 7000),
    ] as [(String, Int64)])
  func `a number and a unit are read`(text: String, milliseconds: Int64) {
    #expect(Duration(text: text) == .milliseconds(milliseconds))
  }

  @Test(arguments: [
    "", "10", "s", "10 s", " 10s", "10s ", "10S", "-1s", "+1s", "1.5s", "1d", "1sec", "1m30s", "10001h",
    "9223372036854775807h", "99999999999999999999s", "١s", "1s\0",
  ])
  func `anything else is refused`(text: String) { #expect(Duration(text: text) == nil) }

  @Test func `what is written is read back`() {
    var random = SplitMix64(seed: 5)
    for unit in [1, 1000, 60_000, 3_600_000] as [Int64] {
      for _ in 0..<500 {
        let duration = Duration.milliseconds(Int64.random(in: 0...(36_000_000_000 / unit), using: &random) * unit)
        #expect(Duration(text: duration.text) == duration)
      }
    }
  }

  @Test(
    arguments: [
      (0, "0ms"), (999, "999ms"), (1000, "1s"), (1500, "1500ms"), (60_000, "1m"), (90_000, "90s"), (3_600_000, "1h"),
      (5_400_000, "90m"),
    ] as [(Int64, String)])
  func `the shortest text is written`(milliseconds: Int64, text: String) {
    #expect(Duration.milliseconds(milliseconds).text == text)
  }

  @Test(
    arguments: [
      (850, "850 ms"), (12_900, "12 s"), (60_000, "1 min"), (250_000, "4 min 10 s"), (3_600_000, "1 h"),
      (11_100_000, "3 h 5 min"),
    ] as [(Int64, String)])
  func `people get at most two units`(milliseconds: Int64, text: String) {
    #expect(Duration.milliseconds(milliseconds).forPeople == text)
  }
}
