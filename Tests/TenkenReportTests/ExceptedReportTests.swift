import TenkenAnalysis
import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `A report of what is excepted` {
  private static let terms = "net.listen until 2026-12-31, by A. Sato: the till listens on 8080"

  private func report(until: String = "2026-12-31") throws -> Report {
    var sweep = SampleSweep()
    let day = try #require(Timestamp(endOfDay: until))
    sweep.waivers = [
      Waiver(check: "net.listen", who: "A. Sato", why: "the till listens on 8080", until: day, place: "waivers.yaml:2")
    ]
    sweep.add("th-1", "bangkok", said: ["net.listen": (.fail, "tcp 0.0.0.0:8080")])
    sweep.add("th-2", "bangkok")
    return sweep.report()
  }

  @Test func `says who answers for it, why and until when, and counts it apart from what is sound`() throws {
    let report = try report()
    #expect((report.account[.excepted], report.account[.sound], report.account[.unsound]) == (1, 1, 0))
    let page = ReportDocument.sitePage(report.sites[2]).rendered(report)
    #expect(page.contains("<span class=\"state excepted\">excepted</span> \(Self.terms)"))
    #expect(page.contains("Excepted by name and until a date"))
    #expect(ReportDocument.terminalsCSV.rendered(report).contains(",\(Self.terms.csv),"))
    #expect(ReportDocument.jsonLines.rendered(report).contains(#""who":"A. Sato""#))
    #expect(report.account.soundShare.least == 1 && report.account.soundShare.most == 1)
  }

  @Test func `once the date is past is as open as any`() throws {
    let report = try report(until: "2026-11-23")
    #expect((report.account[.excepted], report.account[.unsound]) == (0, 1))
    #expect(!ReportDocument.sitePage(report.sites[2]).rendered(report).contains("state excepted"))
  }
}

extension String {
  fileprivate var csv: String { contains(",") ? "\"\(self)\"" : self }
}
