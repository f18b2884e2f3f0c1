import TenkenModel
import Testing

@testable import TenkenReport

@Suite struct `A list of terminals` {
  private let swept = TerminalList(SampleSweep.qualified.report(), terminals: [0, 15])
  private let listed = TerminalList(SampleSweep.fleet.terminals.prefix(2))

  @Test func `of a sweep begins with what qualifies it`() throws {
    let lines = try swept.text(as: .table).split(separator: "\n")
    try #require(lines.count > 4)
    #expect(lines[0] == "REHEARSAL: nothing was contacted; results are invented")
    #expect(lines[4].hasPrefix("terminal"))
    #expect(lines.count == 7)
    let none = try TerminalList(SampleSweep.qualified.report(), terminals: []).text(as: .table)
    #expect(none.hasPrefix("REHEARSAL: "))
    #expect(none.hasSuffix("\nno terminal is selected\n"))
  }

  @Test func `of a sweep says on each line over what it went`() throws {
    let lines = try swept.text(as: .jsonl).split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines { #expect(line.hasSuffix(",\"transport\":\"rehearsal\"}")) }
    let rows = try swept.text(as: .csv).split(separator: "\r\n")
    #expect(rows.map { $0.hasSuffix(",transport") || $0.hasSuffix(",rehearsal") } == [true, true, true])
    #expect(try swept.text(as: .ids) == "jp-tyo-0001\njp-tyo-0016\n")
  }

  @Test func `of an inventory says none of it, and has no keys`() throws {
    #expect(throws: Failure.self) { try listed.text(as: .knownHosts) }
    for format in ListFormat.allCases where format != .knownHosts {
      let text = try listed.text(as: format)
      #expect(!text.contains("transport"))
      #expect(!text.contains("REHEARSAL"))
    }
  }
}
