import TenkenAnalysis
import TenkenModel
import Testing

@Suite struct `A stack of a fact` {
  private static let sites = ["tokyo", "osaka"].map { Site(id: ID($0)!, name: $0) }

  /// Each terminal, its site, what the check answered and the values that it told.
  private func stack(
    _ terminals: [(ID<Terminal>, ID<Site>, CheckResult?, [[String]])], by cohort: FactStack.Cohort
  ) -> FactStack {
    let inventory = Inventory(
      name: "test", sites: Self.sites,
      terminals: terminals.map { Terminal(id: $0.0, address: "127.0.0.1", site: $0.1) },
      credentials: [:], limits: Limits(), sources: SourceFiles(origin: "test", files: []), digest: Fleet.digest)
    var stacker = FactStacker("key", of: "ssh.authkeys", by: cohort, in: inventory)
    for (id, _, result, values) in terminals.shuffled() {
      let facts = values.map { Fact(name: "key", values: $0) } + [Fact(name: "other", values: ["x"])]
      let observations = result.map {
        [Observation(check: "ssh.authkeys", result: $0, message: "", milliseconds: 1, facts: facts)]
      }
      let attempt = Attempt(
        terminal: id, number: 1, started: Timestamp(milliseconds: 0), ended: Timestamp(milliseconds: 1),
        outcome: .inspected, reason: "", isFinal: true, observations: observations ?? [])
      stacker.add(TerminalRecord(terminal: id, outcome: .inspected, reason: "", attempts: 1, last: attempt))
    }
    return stacker.finish()
  }

  @Test func `has the rarest value first, with who has it, and those that lack it`() {
    let stack = stack(
      [
        ("t1", "tokyo", .pass, [["admin"]]), ("t2", "tokyo", .pass, [["admin"]]),
        ("t3", "tokyo", .fail, [["admin"], ["intruder"], ["intruder"]]), ("t4", "osaka", .pass, []),
        ("t5", "osaka", .pass, []),
      ], by: .fleet)
    #expect(stack.rows.map(\.values) == [["intruder"], nil, ["admin"]])
    #expect(stack.rows.map(\.terminals) == [[2], [3, 4], [0, 1, 2]])
    #expect(stack.rows.allSatisfy { $0.answered == 5 && $0.cohort.isEmpty })
    #expect(stack.silent == 0)
  }

  @Test func `counts nobody as lacking a value who did not answer`() {
    let stack = stack(
      [
        ("t1", "tokyo", .pass, [["admin"]]), ("t2", "tokyo", .notChecked, []), ("t3", "tokyo", .error, [["forged"]]),
        ("t4", "tokyo", nil, []), ("t5", "tokyo", .unknown, []), ("t6", "tokyo", .notApplicable, []),
      ], by: .fleet)
    #expect(stack.rows == [FactStack.Row(cohort: "", values: ["admin"], terminals: [0], answered: 1)])
    #expect((stack.answered, stack.silent) == (1, 5))
  }

  @Test func `compares within a cohort only, and takes one of many for rarer than one of few`() {
    let stack = stack(
      [
        ("t1", "tokyo", .pass, [["10.0.0.1"]]), ("t2", "tokyo", .pass, [["10.0.0.1"]]), ("t3", "tokyo", .pass, [["x"]]),
        ("t4", "osaka", .pass, [["10.9.9.9"]]),
      ], by: .site)
    #expect(stack.rows.map(\.cohort) == ["tokyo", "osaka", "tokyo"])
    #expect(stack.rows.map(\.values) == [["x"], ["10.9.9.9"], ["10.0.0.1"]])
    #expect(stack.rows.map(\.answered) == [3, 1, 3])
  }
}
