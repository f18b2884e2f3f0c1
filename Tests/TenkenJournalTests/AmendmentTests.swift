import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenJournal

/// A sweep that goes on with another inventory and other checks than it began with.
struct AmendmentTests {
  @Test func `added terminals are pending, removed ones excluded, and what was recorded stays`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      try await sweep.record(0..<4, in: journal)
      journal.close()
      let amended = try sweep.amended()
      let settled = try amended.reader.settled()
      #expect(settled.final.count == 4)
      #expect(settled.excluded == ["t-11": "removed from the inventory"])
      #expect(try amended.reader.counts()["kobe"] == [.pending: 2])
      let failure = await #expect(throws: Failure.self) { try await amended.record(sweep.attempt(11)) }
      #expect(failure?.code == .bug)
      let new = Attempt(
        terminal: "t-new", number: 1, started: SampleSweep.now, ended: SampleSweep.now, outcome: .inspected, reason: "",
        isFinal: true,
        observations: [Observation(check: "check.9", result: .pass, message: "", milliseconds: 1)])
      try await amended.record(new)
      amended.close()
      let reader = try sweep.reader()
      #expect(try reader.attempts(of: "t-new") == [new])
      #expect(try reader.counts().values.reduce(0) { $0 + $1.values.reduce(0, +) } == 13)
      #expect(try reader.audit().problems == [])
    }
  }

  @Test func `an amendment says what changed and how many were inspected before it`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      try await sweep.record(0..<4, in: journal)
      journal.close()
      let amended = try sweep.amended()
      try await amended.record(sweep.attempt(5))
      amended.close()
      let amendment = try #require(try sweep.reader().amendments().first)
      #expect(amendment.number == 1 && amendment.terminals == 12 && amendment.inventory == "amended")
      #expect(amendment.terminalChanges == [.added: 1, .removed: 1, .changed: 1])
      #expect(amendment.checkChanges == [.added: ["check.9"], .removed: ["check.2"], .changed: ["check.1"]])
      #expect(amendment.inspectedBefore == 4)
      let sources = try sweep.reader().sources(of: 1)
      #expect(sources.inventory["fleet.yaml"] == [7] && sources.catalogue["b"] == [8])
      #expect(try sweep.reader().inventorySources() == sweep.inventory.sources, "what it began with is still there")
    }
  }

  @Test func `a sweep that is refused to be amended is left as it was`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      try sweep.create().close()
      let refusal = Failure(.badInput, "changed", why: "so", next: "amend")
      #expect(throws: refusal) {
        try Journal.open(in: sweep.state, sweep: sweep.manifest.id, at: SampleSweep.now, tool: "1") {
          _ throws(Failure) in throw refusal
        }
      }
      #expect(try sweep.reader().runs().count == 1)
      try sweep.open().close()
    }
  }
}
