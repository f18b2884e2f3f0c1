import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `The list of sweeps` {
  private let page = SweepsPage([
    SweepSummary(
      id: "20261124-0530-k3fz", standing: .running(processID: 7), manifest: SampleSweep.qualified.report().manifest,
      outcomes: [.inspected: 3, .pending: 63]),
    SweepSummary(id: "20261124-0529-aaaa", standing: .notBegun),
  ])

  @Test func `says over what each went, and all that it accounts for now`() {
    let lines = page.text.split(separator: "\n")
    #expect(lines[0].contains("standing         transport  terminals"))
    #expect(lines[1].contains("running (pid 7)  rehearsal         66          3       63"))
    #expect(page.jsonLines.contains("\"transport\":\"rehearsal\""))
  }

  @Test func `says nothing of it where the journal cannot be read`() {
    #expect(!page.jsonLines.split(separator: "\n")[1].contains("transport"))
  }
}
