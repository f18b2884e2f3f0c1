import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `The index page` {
  private let report = SampleSweep.fleet.report()
  private var page: String { ReportDocument.indexPage.rendered(report) }

  @Test func `tells verdict, account, findings, the unseen and what to do before anything else`() throws {
    let order = [
      "Suspect: 3 of 64 terminals show signs of intrusion", "aria-label=\"The account by state\"", "By outcome:",
      "What was found", "Not wholly seen, and why", "What to do next", "id=\"sites\"", "id=\"findings\"", "<dl>",
    ]
    var rest = page[...]
    for part in order {
      let range = try #require(rest.firstRange(of: part), "\(part) is missing or too late")
      rest = rest[range.upperBound...]
    }
  }

  @Test func `names the unreached with their reason and a link to their row`() {
    #expect(page.contains("no answer within 10s (connect) (2), connection refused (1)"))
    #expect(page.contains("<a href=\"site-bangkok.html#t-th-bkk-0010\">th-bkk-0010</a>"))
    #expect(page.contains("<span>tenken resume 20261124-0530-k3fz</span> <span>--retry partial,"))
  }

  @Test func `tells with each finding what the first terminal said`() throws {
    let summary = try #require(page.firstRange(of: "What was found"))
    let text = page[summary.upperBound...].prefix(6000)
    #expect(text.contains("<p class=\"said\">record 412 goes back by 9 h; 38 records are all zero</p>"))
    #expect(text.contains("on record is ssh-ed25519 SHA256:n4bQgYhMfWWaLqgxVrQFaO0TxsrC4Is0V1sFbDwCgg0</p>"))
  }

  @Test func `cuts off no fingerprint of those that were not wholly seen`() throws {
    let unseen = try #require(page.firstRange(of: "<li id=\"unseen-host-key-mismatch\">"))
    #expect(page[unseen.upperBound...].prefix(400).contains("SHA256:n4bQgYhMfWWaLqgxVrQFaO0TxsrC4Is0V1sFbDwCgg0<"))
  }

  @Test func `names sites with their numbers where there are many terminals`() {
    let large = SampleSweep.large(500, checks: 5).report()
    let page = ReportDocument.indexPage.rendered(large)
    #expect(page.contains("<a href=\"site-ohio.html#unseen-timed-out\">ohio</a>\u{00A0}"))
    #expect(page.utf8.count < 60_000)
  }

  @Test func `links only to what is there`() throws {
    var targets: Set<String> = []
    var links: Set<String> = []
    for document in ReportDocument.all(of: report) where document.name.hasSuffix(".html") {
      let page = document.rendered(report)
      for match in page.matches(of: /\sid="([^"]+)"/) {
        #expect(targets.insert("\(document.name)#\(match.output.1)").inserted, "twice: \(match.output.1)")
      }
      targets.insert(document.name)
      for match in page.matches(of: /href="([^"]+)"/) {
        links.insert(match.output.1.hasPrefix("#") ? document.name + match.output.1 : String(match.output.1))
      }
    }
    #expect(links.count > 40)
    #expect(links.subtracting(targets).isEmpty)
  }
}
