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

  @Test func `says where those that were not wholly seen are counted`() {
    var sweep = SampleSweep()
    sweep.add("a", "ohio", .hostKeyMismatch, "x")
    sweep.add("b", "ohio", .unreachable, "x")
    sweep.add("c", "ohio")
    let detail = Verdict(of: sweep.report().account).detail
    #expect(detail.hasPrefix("2 were not wholly seen (1 of them is counted under unsound), so nothing good"))
    #expect(!Verdict(of: unreached.account).detail.contains("counted under"))
  }

  @Test func `by fewer checks than were due is sound as far as those can tell`() {
    var sweep = SampleSweep()
    sweep.checks = Array(SampleSweep.allChecks.prefix(1))
    sweep.catalogue = SampleSweep.allChecks
    for id in ["a", "b"] { sweep.add(ID(id)!, "ohio") }
    var report = sweep.report()
    var verdict = Verdict(of: report.account, by: report.coverage)
    #expect(verdict.headline == "Sound as far as 1 of 6 checks can tell: all 2 terminals answered")
    #expect(verdict.detail == "100.0 % of what is listed is sound as far as 1 of 6 checks can tell.")
    sweep.checks = [SampleSweep.allChecks[1], SampleSweep.allChecks[0]]
    sweep.add("c", "ohio", said: ["host.identity": (.fail, "a clone")])
    sweep.records.removeFirst(2)
    sweep.terminals.removeFirst(2)
    report = sweep.report()
    verdict = Verdict(of: report.account, by: report.coverage)
    #expect(verdict.headline == "Sound as far as 2 of 6 checks can tell, with observations on 1 of 1 terminal")
  }

  private var unreached: Report {
    var sweep = SampleSweep()
    sweep.add("a", "ohio", .unreachable, "x")
    sweep.add("b", "ohio")
    return sweep.report()
  }

  private func headline(_ fill: (inout SampleSweep) -> Void) -> String {
    var sweep = SampleSweep()
    fill(&sweep)
    return Verdict(of: sweep.report().account).headline
  }
}
