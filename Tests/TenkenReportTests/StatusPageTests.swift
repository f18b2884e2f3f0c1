import Foundation
import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `The status of a sweep` {
  private func run(_ number: Int, ended: Bool = false) -> SweepRun {
    SweepRun(
      number: number, started: Timestamp(milliseconds: 1_795_498_200_000), processID: 4711, tool: "0.1.0",
      ended: ended ? Timestamp(milliseconds: 1_795_498_260_000) : nil, ending: ended ? .drained : nil)
  }

  private func end(_ runs: [SweepRun], isOwned: Bool?, of number: Int) -> String {
    let text = StatusPage(SampleSweep.fleet.report(), runs: runs, isOwned: isOwned).text
    let line = text.split(separator: "\n").first { $0.hasPrefix("  run \(number)") } ?? ""
    return String(line.split(separator: "  ").last ?? "")
  }

  @Test func `knows a run that was cut off from one that is running`() {
    #expect(end([run(1), run(2)], isOwned: true, of: 1) == "cut off")
    #expect(end([run(1), run(2)], isOwned: nil, of: 1) == "cut off")
    #expect(end([run(1), run(2)], isOwned: true, of: 2) == "running (pid 4711)")
    #expect(end([run(1), run(2)], isOwned: false, of: 2) == "cut off")
    #expect(end([run(1)], isOwned: nil, of: 1) == "running, or cut off")
    #expect(end([run(1, ended: true)], isOwned: true, of: 1).hasPrefix("drained 2026-11-24"))
  }

  @Test func `begins with what qualifies it`() throws {
    let text = StatusPage(SampleSweep.qualified.report(), runs: []).text
    let lines = text.split(separator: "\n")
    try #require(lines.count > 4)
    #expect(lines[0] == "REHEARSAL: nothing was contacted; results are invented")
    #expect(lines[1] == "PARTIAL: 2 terminals still to be inspected")
    #expect(lines[2] == "CHECKS: 6 of 7 were run, not zz.last")
    #expect(lines[3] == "SPECIMENS: on 1 terminal the checks looked at a prepared root")
    #expect(lines[4] == "sweep 20261124-0530-k3fz  first night")
  }

  @Test func `counts by state and by outcome, within its widths`() {
    let text = StatusPage(SampleSweep.fleet.report(), runs: []).text
    let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(flat.contains("states suspect 3 + unsound 2 + undetermined 11 + observations 1 + sound 47 = 64 listed"))
    #expect(flat.contains("outcomes inspected 54 + partial 1"))
    for line in text.split(separator: "\n") { #expect(String(line).displayWidth <= 100, "\(line)") }
  }

  @Test func `sums up the outcomes that do not fit, so that each row still adds up`() throws {
    let text = StatusPage(SampleSweep.fleet.report(), runs: []).text
    let table = text.split(separator: "\n").drop { !$0.hasPrefix("site") }
    #expect(table.first?.hasSuffix("others") == true)
    for row in table.dropFirst() {
      let numbers = row.split(separator: " ").dropFirst(2).compactMap { Int($0) }
      #expect(try #require(numbers.first) == numbers.dropFirst().reduce(0, +), "\(row)")
    }
  }

  @Test func `says in each JSON line over what it went`() throws {
    let lines = StatusPage(SampleSweep.qualified.report(), runs: []).jsonLines.split(separator: "\n")
    try #require(lines.count == 6)
    for line in lines { #expect(line.contains("\"transport\":\"rehearsal\"")) }
    #expect(lines[5].contains("\"remarks\":[\"REHEARSAL: "))
  }
}
