import TenkenModel
import TenkenPlan
import TenkenTestSupport
import Testing

struct PlanSummaryTests {
  private let checks = [Check.sample("access.keys"), Check.sample("log.wtmp")]

  private func summary(limits: Limits = Limits(concurrency: 10, perSite: 4)) -> PlanSummary {
    let inventory = SampleFleet.inventory(
      [
        (SampleFleet.site("tokyo", concurrency: 6), 30), (SampleFleet.site("bangkok"), 10),
        (SampleFleet.site("empty"), 0),
      ], limits: limits)
    var dispositions: [Plan.Disposition] = inventory.terminals.map { _ in .inspect(set: 0, attempts: 0) }
    dispositions[0] = .excluded("not selected")
    dispositions[1] = .settled(.inspected)
    dispositions[2] = .inspect(set: 0, attempts: 1)
    dispositions[39] = .inspect(set: 1, attempts: 0)
    dispositions[38] = .excluded("in repair")
    dispositions[37] = .excluded("in repair")
    let plan = Plan(
      inventory: inventory, catalogue: SampleFleet.catalogue(checks), limits: limits, checkSets: [checks, []],
      dispositions: dispositions)
    return PlanSummary(plan) { 1000 + 500 * $0.count }
  }

  @Test func `the counts sum to the inventory, by site and in all`() {
    let summary = summary()
    #expect(summary.sites.map(\.site) == ["tokyo", "bangkok"])
    #expect(summary.sites.map(\.terminals) == [30, 10])
    #expect(summary.toContact == 36)
    #expect(summary.excluded == 3)
    #expect(summary.settled == 1)
    #expect(summary.terminals == 40)
    #expect(summary.retried == 1)
    #expect(summary.exclusions.map(\.reason) == ["in repair", "not selected"])
    #expect(summary.exclusions.map(\.terminals) == [2, 1])
  }

  @Test func `a site that the inventory does not describe counts as well`() {
    let stray = Terminal(id: "stray-1", address: "10.0.0.1", site: "nowhere")
    let plan = SampleFleet.plan(SampleFleet.inventory(sites: [SampleFleet.site("tokyo")], terminals: [stray]))
    #expect(PlanSummary(plan) { _ in 0 }.terminals == 1)
  }

  @Test func `the bytes are those of each set's program, once a terminal`() {
    #expect(summary().sets.map(\.terminals) == [35, 1])
    #expect(summary().bytes == 35 * 2000 + 1000)
  }

  @Test func `a site's ceiling is never above the fleet's and never nothing`() {
    #expect(summary().sites.map(\.ceiling) == [6, 4])
    #expect(summary(limits: Limits(concurrency: 3, perSite: 100)).sites.map(\.ceiling) == [3, 3])
    #expect(summary(limits: Limits(concurrency: 0, perSite: 0)).sites.map(\.ceiling) == [1, 1])
  }

  @Test func `the worst case is nothing for nothing to do`() {
    let inventory = SampleFleet.inventory([(SampleFleet.site("tokyo"), 1)])
    let plan = Plan(
      inventory: inventory, catalogue: SampleFleet.catalogue([]), limits: Limits(), checkSets: [],
      dispositions: [.settled(.inspected)])
    #expect(PlanSummary(plan) { _ in 0 }.worstCase == .zero)
  }

  @Test func `the worst case of one terminal is all its deadlines, all its attempts and the waits between`() {
    let limits = Limits(retries: 2)
    let plan = SampleFleet.plan(SampleFleet.inventory([(SampleFleet.site("tokyo"), 1)], limits: limits))
    let worst = PlanSummary(plan) { _ in 0 }.worstCase
    #expect(worst >= .seconds(3 * 330 + 2 * 60))
    #expect(worst <= .seconds(3 * 3 * 330 + 2 * 60))
  }

  @Test func `the text names counts, checks, limits and what no check fits`() {
    let text = summary().text(width: 30)
    #expect(
      text == """
        Plan for sample: 40 terminals at 2 sites
          to contact  36, 1 of them again
          excluded    3 (in repair: 2; not selected: 1)
          settled     1

        SITE     CONTACT  EXCLUDED  SETTLED  AT ONCE
        tokyo         28         1        1        6
        bangkok        8         2        0        4

        35 terminals (linux): 2 checks, 2.0 KiB to each
          access.keys  log.wtmp
        1 terminal (linux): no check fits the platform; contacted, undetermined

        At once: 10 terminals of the fleet; 2 retries
        Deadlines: connect 10s, login 20s, run 5m; at most 8.0 MiB from each terminal
        Sent in all: 69.3 KiB
        Worst case, with every deadline used up: 2 h 47 min

        """)
  }

  @Test func `a list of checks is wrapped at the width`() {
    let many = (1...20).map { Check.sample(ID("check.number-\($0)")!) }
    let plan = SampleFleet.plan(SampleFleet.inventory([(SampleFleet.site("tokyo"), 1)]), checks: many)
    let lists = PlanSummary(plan) { _ in 0 }.text(width: 60).split(separator: "\n").filter { $0.hasPrefix("  check") }
    #expect(lists.count > 4)
    #expect(lists.allSatisfy { $0.count <= 60 })
  }
}
