import TenkenAnalysis
import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `A verdict` {
  @Test func `counts what it names, in the singular too`() {
    #expect(
      headline { $0.add("a", "ohio", said: ["log.wtmp": (.fail, "")]) }
        == "Suspect: 1 of 1 terminal shows signs of intrusion")
    #expect(headline { $0.add("a", "ohio", .hostile, "x") } == "Unsound: 1 of 1 terminal has a serious finding")
    #expect(headline { $0.add("a", "ohio", .unreachable, "x") } == "No rating: none of 1 terminal was inspected")
    #expect(headline { $0.add("a", "ohio") } == "Sound: the one terminal was wholly seen")
    #expect(headline { _ in } == "No rating: no terminal is listed")
  }

  @Test func `never rounds what was seen up`() {
    let account = Account()
    #expect(Verdict(of: account).detail.isEmpty)
    var sweep = SampleSweep()
    for number in 0..<2000 { sweep.add(ID("t\(number)")!, "ohio") }
    sweep.add("last", "ohio", .timedOut, "no banner")
    let verdict = Verdict(of: sweep.report().account)
    #expect(verdict.headline == "Undetermined: 1 of 2,001 terminals was not wholly seen")
    #expect(verdict.detail.contains("At least 99.9 % and at most 100.0 % of what is listed is sound."))
  }

  private func headline(_ fill: (inout SampleSweep) -> Void) -> String {
    var sweep = SampleSweep()
    fill(&sweep)
    return Verdict(of: sweep.report().account).headline
  }
}
