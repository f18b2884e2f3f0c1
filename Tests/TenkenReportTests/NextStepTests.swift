import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `What to do next` {
  @Test func `retries what another attempt may see, and never a host key`() throws {
    let steps = steps(SampleSweep.fleet)
    let retry = try #require(steps.first { $0.command.first?.hasPrefix("tenken resume") == true })
    #expect(
      retry.command == [
        "tenken resume 20261124-0530-k3fz", "--retry partial,timed-out,unreachable,auth-failed",
      ])
  }

  @Test(arguments: [Outcome.hostKeyUnknown, .hostKeyMismatch])
  func `sweeps anew those whose host key was put on record`(outcome: Outcome) throws {
    var sweep = SampleSweep()
    sweep.add("a", "ohio", outcome, "x")
    let selection = "'outcome:\(outcome.rawValue)@20261124-0530-k3fz'"
    let command = ["tenken sweep --inventory inventories/example", "--select \(selection)"]
    #expect(try #require(steps(sweep).last).command == command)
    #expect(!steps(sweep).contains { $0.command.first?.contains("resume") == true })
    sweep.transport = .rehearsal
    #expect(try #require(steps(sweep).last).command == command + ["--transport rehearsal"])
  }

  @Test func `names a possible impostor right after the evidence`() {
    let topics = steps(SampleSweep.fleet).map(\.topic)
    #expect(topics.prefix(2) == ["", "host-key-mismatch"])
  }

  @Test func `says how many steps it does not show`() throws {
    var sweep = SampleSweep.fleet
    #expect(!steps(sweep, most: 6).contains { $0.text.hasPrefix("And ") })
    let all = steps(sweep, most: .max)
    #expect(
      all.filter { $0.topic == "unreachable" || $0.topic == "unsupported" || $0.topic == "unanswered" }.count == 3)
    let few = steps(sweep, most: 2)
    try #require(few.count > 3)
    #expect(few[3].text == "And 4 more: see the findings below.")
    #expect(few.count == all.count - 3)
    sweep.checks = (0..<9).map { SampleSweep.check(ID("check.n\($0)")!, .critical, .integrity, "", "", "") }
    sweep.add("z", "ohio", said: Dictionary(uniqueKeysWithValues: sweep.checks.map { ($0.id, (.fail, "")) }))
    #expect(ReportDocument.indexPage.rendered(sweep.report()).contains("<li><a href=\"#findings\">And "))
  }

  @Test(arguments: [
    ("a/b-c_d.1", "a/b-c_d.1"), ("my fleet", "'my fleet'"), ("it's", "'it'\\''s'"), ("", "''"), ("$(x)", "'$(x)'"),
  ])
  func `quotes what a shell would take for its own`(text: String, word: String) {
    #expect(text.shellWord == word)
  }

  private func steps(_ sweep: SampleSweep, most: Int = .max) -> [NextStep] {
    let report = sweep.report()
    let unseen = UnseenGroup.groups(of: report.terminals, in: report.assessment)
    return NextStep.steps(for: report.terminals, findings: report.findings, unseen: unseen, in: report, most: most)
  }
}
