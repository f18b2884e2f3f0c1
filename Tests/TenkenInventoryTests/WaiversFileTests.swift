import TenkenModel
import Testing

struct WaiversFileTests {
  private func paper(_ text: String) -> FleetOnPaper {
    var paper = FleetOnPaper()
    paper.terminals = ["tokyo": "id,address,tags\na,10.0.0.1,kiosk\nb,10.0.0.2,\n"]
    paper.others = ["waivers.yaml": text]
    return paper
  }

  @Test func `a waiver names who, why and until when, for a check or a terminal`() throws {
    let inventory = try paper(
      """
      waivers:
        - {check: net.listen, select: tag:kiosk, who: A. Sato, why: the till, until: 2027-02-28}
        - terminal: b
          who: B
          why: to be scrapped
          until: 2026-12-31
      """
    ).inventory()
    let waivers = inventory.waivers
    #expect(waivers.map(\.check) == ["net.listen", nil])
    #expect(waivers.map(\.until.description) == ["2027-02-28T23:59:59.999Z", "2026-12-31T23:59:59.999Z"])
    #expect(waivers.map(\.place) == ["fleet/waivers.yaml:2", "fleet/waivers.yaml:3"])
    let (a, b) = (inventory.terminals[0], inventory.terminals[1])
    let (day, late) = (waivers[1].until, Timestamp(milliseconds: waivers[1].until.milliseconds + 1))
    #expect(waivers[0].covers("net.listen", on: a, of: nil, at: day))
    #expect(!waivers[0].covers("net.listen", on: b, of: nil, at: day))
    #expect(!waivers[0].covers("log.wtmp", on: a, of: nil, at: day))
    #expect(waivers[1].covers("log.wtmp", on: b, of: nil, at: day))
    #expect(!waivers[1].covers("log.wtmp", on: a, of: nil, at: day))
    #expect(!waivers[1].covers("log.wtmp", on: b, of: nil, at: late))
  }

  @Test(arguments: [
    ("waivers:\n  - {check: a, who: b, why: c}\n", "2: a waiver has no until"),
    ("waivers:\n  - {check: a, why: c, until: 2026-12-31}\n", "2: a waiver has no who"),
    ("waivers:\n  - {check: a, who: b, until: 2026-12-31}\n", "2: a waiver has no why"),
    ("waivers:\n  - {who: b, why: c, until: 2026-12-31}\n", "2: a waiver of everything"),
    ("waivers:\n  - {check: a, who: b, why: c, until: 2026-02-30}\n", "2: \"2026-02-30\" is no day"),
    ("waivers:\n  - {check: a, who: b, why: c, until: never}\n", "2: \"never\" is no day"),
    ("waivers:\n  - {terminal: x, who: b, why: c, until: 2026-12-31}\n", "2: no terminal is called \"x\""),
    ("waivers:\n  - {terminal: a, select: 'id:a', who: b, why: c, until: 2026-12-31}\n", "2: a waiver with both"),
    ("waivers:\n  - {check: a, who: '', why: c, until: 2026-12-31, note: x}\n", "2: unknown key \"note\""),
    ("waivers: {}\n", "1: waivers of waivers.yaml is not a list"),
  ])
  func `what excuses too much, or nobody answers for, is refused with its line`(text: String, problem: String) {
    let problems = paper(text).problems
    #expect(problems.contains { $0.hasPrefix("fleet/waivers.yaml:\(problem)") }, "\(problems)")
  }
}
