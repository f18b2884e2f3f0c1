import TenkenAnalysis
import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `Every page and every export` {
  @Test func `says which sweep it is of, by what, over which inventory and catalogue, and the account`() {
    let report = SampleSweep.fleet.report()
    for document in ReportDocument.all(of: report) {
      let text = document.rendered(report)
      let joined = text.split(whereSeparator: \.isWhitespace).joined()
      for needle in ["20261124-0530-k3fz", "tenken 0.1.0", "example", "2026-11-24T05:31:14.880Z", "64"] {
        #expect(text.contains(needle), "\(document.name) lacks \(needle)")
      }
      #expect(joined.contains(SampleSweep.digest.hex), "\(document.name)")
      let isJSON = document.name == "report.jsonl"
      let account = isJSON ? "\"suspect\":3,\"unsound\":2,\"undetermined\":11" : "suspect=3unsound=2undetermined=11"
      #expect(joined.contains(account), "\(document.name)")
    }
  }

  @Test func `says loudly that it is partial, a rehearsal, or a part`() {
    var sweep = SampleSweep.fleet
    sweep.transport = .rehearsal
    sweep.records.removeLast(3)
    let report = sweep.report(only: ["tokyo-hq", "ohio"])
    for document in ReportDocument.all(of: report) {
      let text = document.rendered(report).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(text.contains("REHEARSAL: nothing was contacted; results are invented"), "\(document.name)")
      #expect(text.contains("PARTIAL: 3 terminals still to be inspected"), "\(document.name)")
      #expect(text.contains("PART: of 5 sites only tokyo-hq, ohio"), "\(document.name)")
    }
  }

  @Test func `says none of it where none of it holds`() {
    let report = SampleSweep.fleet.report()
    for document in ReportDocument.all(of: report) {
      let text = document.rendered(report)
      for word in ["REHEARSAL", "PARTIAL", "PART:"] { #expect(!text.contains(word), "\(document.name)") }
    }
  }

  @Test func `marks a terminal that was inspected in a prepared root`() {
    let report = SampleSweep.fleet.report()
    let page = ReportDocument.sitePage(report.sites[1]).rendered(report)
    #expect(page.contains("jp-osa-0012 <span class=\"tag\">specimen</span>"))
    #expect(ReportDocument.jsonLines.rendered(report).contains("\"specimen_root\":\"fixtures/osa-0012\""))
    #expect(ReportDocument.terminalsCSV.rendered(report).contains(",fixtures/osa-0012,"))
    #expect(TextReport.render(report).contains("SPECIMENS: on 1 terminal "))
  }

  @Test func `is the same, byte for byte, for the same sweep`() {
    var shuffled = SampleSweep.fleet
    var random = SplitMix64(seed: 4)
    shuffled.records.shuffle(using: &random)
    let (first, second) = (SampleSweep.fleet.report(), shuffled.report())
    for (one, other) in zip(ReportDocument.all(of: first), ReportDocument.all(of: second)) {
      #expect(one.rendered(first) == other.rendered(second), "\(one.name)")
    }
  }
}
