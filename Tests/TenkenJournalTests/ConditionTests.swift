import TenkenJournal
import TenkenModel
import TenkenTestSupport
import Testing

struct ConditionTests {
  @Test func `conditions are read back as they were, by a reader and by the next owner`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let key = HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: .revoked, blob: [7])
      let conditions = [
        sweep.condition("bangkok", .held, reason: "refused\0\u{1B}[2J"), sweep.condition("tokyo", .held, hostKey: key),
        sweep.condition("bangkok", .released), sweep.condition("tokyo", .givenUp, gateway: nil),
      ]
      let journal = try sweep.create()
      try await journal.record(Array(conditions[..<2]))
      try await journal.record(Array(conditions[2...]))
      #expect(try sweep.reader().conditions() == conditions)
      journal.close()
      let next = try sweep.open()
      #expect(try next.reader.conditions() == conditions)
      next.close()
    }
  }

  @Test func `a condition of no site of the inventory is refused, with all that came with it`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      let failure = await #expect(throws: Failure.self) {
        try await journal.record([sweep.condition("tokyo", .held), sweep.condition("atlantis", .held)])
      }
      #expect(failure?.code == .bug)
      #expect(failure?.why == "the site atlantis is not of this sweep's inventory")
      #expect(try journal.reader.conditions().isEmpty)
      try await journal.record([sweep.condition("tokyo", .held)])
      #expect(try journal.reader.conditions().count == 1)
      journal.close()
    }
  }

  @Test func `a held site changes nobody's outcome`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      try await journal.record(sweep.attempt(0))
      let before = try journal.reader.counts()
      try await journal.record([sweep.condition("tokyo", .held), sweep.condition("tokyo", .givenUp)])
      #expect(try journal.reader.counts() == before)
      #expect(try records(journal.reader).count == sweep.terminals.count)
      journal.close()
    }
  }
}
