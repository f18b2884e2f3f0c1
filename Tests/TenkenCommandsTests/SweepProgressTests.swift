import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenCommands

struct SweepProgressTests {
  private func attempt(_ terminal: ID<Terminal>, _ outcome: Outcome, isFinal: Bool = true) -> Attempt {
    Attempt(
      terminal: terminal, number: 1, started: Timestamp(milliseconds: 0), ended: Timestamp(milliseconds: 1),
      outcome: outcome, reason: "", isFinal: isFinal)
  }

  private var progress: SweepProgress {
    SweepProgress(
      plan: SampleFleet.plan(
        SampleFleet.inventory([(SampleFleet.site("tokyo"), 3), (SampleFleet.site("bangkok"), 1)])))
  }

  @Test func `only final attempts count as done, and a retry is in flight again`() {
    var progress = progress
    progress.receive(.contacting(terminal: 0, attempt: 1), at: .zero)
    progress.receive(.recorded(terminal: 0, attempt: attempt("tokyo-1", .unreachable, isFinal: false)), at: .seconds(1))
    #expect((progress.done, progress.inFlight) == (0, 0))
    progress.receive(.contacting(terminal: 0, attempt: 2), at: .seconds(2))
    #expect(progress.inFlight == 1)
    progress.receive(.recorded(terminal: 0, attempt: attempt("tokyo-1", .unreachable)), at: .seconds(3))
    #expect((progress.done, progress.inFlight, progress.planned) == (1, 0, 4))
    #expect(progress.sites[0].outcomes == [.unreachable: 1])
  }

  @Test func `the rate and the remaining time come from what was recorded`() {
    var progress = progress
    #expect(progress.pace.remaining(of: progress.planned, done: progress.done, at: .seconds(5)) == nil)
    for terminal in 0..<2 {
      progress.receive(.contacting(terminal: terminal, attempt: 1), at: .zero)
      progress.receive(
        .recorded(terminal: terminal, attempt: attempt("tokyo-1", .inspected)), at: .seconds(terminal * 2))
    }
    #expect(progress.pace.rate(of: progress.done, at: .seconds(4)) == 0.5)
    #expect(progress.pace.remaining(of: progress.planned, done: progress.done, at: .seconds(4)) == .seconds(4))
  }

  @Test func `the rate follows the last quarter of a minute, however fast it goes`() {
    var progress = SweepProgress(
      plan: SampleFleet.plan(SampleFleet.inventory([(SampleFleet.site("tokyo"), 5000)])))
    for terminal in 0..<4000 {
      // A hundred a second for ten seconds, then a thousand a second.
      let time: Duration = terminal < 1000 ? .milliseconds(terminal * 10) : .milliseconds(10_000 + terminal - 1000)
      progress.receive(.contacting(terminal: terminal, attempt: 1), at: time)
      progress.receive(.recorded(terminal: terminal, attempt: attempt("tokyo-1", .inspected)), at: time)
    }
    #expect((300.0...320).contains(progress.pace.rate(of: progress.done, at: .seconds(13))))
    #expect((15.0...70).contains(progress.pace.rate(of: progress.done, at: .seconds(73))))
  }

  @Test func `each site has its line, cut to the width of the screen`() {
    var progress = progress
    progress.receive(.contacting(terminal: 3, attempt: 1), at: .zero)
    let lines = progress.lines(at: .seconds(1), width: 20, height: 24)
    #expect(lines[0] == "0 of 4 recorded, 1 in flight")
    #expect(lines.dropFirst().map { String($0.prefix(9)) } == ["  tokyo  ", "  bangkok"])
    #expect(lines.dropFirst().allSatisfy { $0.count <= 20 })
    #expect(progress.lines(at: .seconds(1), width: 40, height: 2) == [lines[0], "  and 2 more sites"])
    #expect(progress.lines(at: .seconds(1), width: 9, height: 3).count == 3)
  }

  private func conditions(_ standing: SiteCondition.Standing, sites: [ID<Site>] = ["bangkok"]) -> [SiteCondition] {
    sites.map { site in
      SiteCondition(
        site: site, standing: standing, gateway: "jump", outcome: standing == .released ? nil : .unreachable,
        reason: standing == .released ? "" : "refused\u{1B}[2J", at: Timestamp(milliseconds: 0))
    }
  }

  @Test func `a held site says by what, and when it is tried again`() {
    var progress = progress
    progress.receive(.contacting(terminal: 3, attempt: 1), at: .zero)
    progress.receive(.turnedBack(terminal: 3), at: .seconds(1))
    progress.receive(.conditions(conditions(.held), nextTry: .seconds(12)), at: .seconds(1))
    #expect(progress.inFlight == 0 && progress.held == 1)
    #expect(progress.summary(at: .seconds(2)) == "0 of 4 recorded, 0 in flight, 1 site held")
    func line(at time: Duration) -> String { progress.lines(at: time, width: 200, height: 24)[2] }
    #expect(line(at: .seconds(2)) == "  bangkok  0/1  held: gateway jump: refused\\x1b[2J, next try in 12 s")
    #expect(line(at: .milliseconds(12_900)).hasSuffix("next try in 1 s"))
    #expect(line(at: .seconds(14)).hasSuffix("refused\\x1b[2J, trying again"))
    progress.receive(.conditions(conditions(.held), nextTry: .seconds(100)), at: .seconds(15))
    #expect(line(at: .seconds(15)).hasSuffix("next try in 1 min 41 s"))
    progress.receive(.conditions(conditions(.givenUp), nextTry: nil), at: .seconds(16))
    #expect(line(at: .seconds(17)) == "  bangkok  0/1  given up: gateway jump: refused\\x1b[2J")
    progress.receive(.conditions(conditions(.released), nextTry: nil), at: .seconds(18))
    #expect(line(at: .seconds(19)) == "  bangkok  0/1" && progress.held == 0)
  }

  @Test func `what happens to sites for one cause is said in a line`() {
    let sites: [ID<Site>] = ["a", "b", "c", "d", "e"]
    let held = ConditionLine(conditions(.held, sites: sites), nextTry: .milliseconds(2400)).text
    #expect(held == "gateway jump: refused\\x1b[2J; held: a, b, c and 2 more; next try in 2 s")
    #expect(
      ConditionLine(conditions(.released), nextTry: nil).text == "gateway jump can be passed again; going on: bangkok")
    let givenUp = ConditionLine(conditions(.givenUp), nextTry: nil).text
    #expect(givenUp == "gateway jump: refused\\x1b[2J; given up for this run: bangkok")
  }
}
