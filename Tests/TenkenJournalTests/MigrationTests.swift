import GRDB
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenJournal

/// The journal of an older Tenken, as it was left.
struct MigrationTests {
  private static let sweep = ID<SweepManifest>(OldJournal.sweep)!
  private static let versions = Array(1..<Schema.version)

  @Test func `an old journal is read as it is, and a reader does not change it`() async throws {
    try await withTemporaryDirectory { directory in
      let (state, file) = try OldJournal.restored(version: 1, in: directory)
      let reader = try JournalReader(in: StateDirectory(path: state), sweep: Self.sweep)
      let settled = try reader.settled()
      #expect(settled.final.values.count { $0 == .inspected } == 13)
      #expect(settled.attempts == ["bkk-3": 1])
      #expect(settled.excluded == ["tyo-8": "not selected"])
      #expect(try records(reader).count { $0.last?.hostKey?.standing == .recorded } == 14)
      #expect(try reader.attempts(of: "bkk-3").map(\.outcome) == [.timedOut])
      #expect(try reader.conditions().isEmpty)
      #expect(try Database.integer(file, "PRAGMA user_version") == 1)
    }
  }

  @Test func `who goes on with an old journal brings it to this version, and nothing is lost`() async throws {
    try await withTemporaryDirectory { directory in
      let (path, file) = try OldJournal.restored(version: 1, in: directory)
      try Database.execute(file, "INSERT INTO run_end VALUES (1, 5, 'drained')")
      let state = StateDirectory(path: path)
      let before = try records(JournalReader(in: state, sweep: Self.sweep))
      let journal = try Journal.open(in: state, sweep: Self.sweep, at: SampleSweep.now, tool: "1.2.4")
      #expect(try records(journal.reader).map(\.last) == before.map(\.last))
      #expect(try journal.reader.runs().map(\.ending) == [.drained, nil])
      let key = HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: .mismatch, blob: [1, 2])
      let attempt = Attempt(
        terminal: "bkk-3", number: 2, started: SampleSweep.now, ended: SampleSweep.now, outcome: .hostKeyMismatch,
        reason: "another key", isFinal: true, hostKey: key)
      let condition = SiteCondition(
        site: "bangkok", standing: .held, gateway: "bkk-jump", outcome: .unreachable, reason: "refused",
        at: SampleSweep.now)
      try await journal.record(attempt)
      try await journal.record([condition])
      try journal.finishRun(.waiting, at: SampleSweep.now)
      journal.close()
      let reader = try JournalReader(in: state, sweep: Self.sweep)
      #expect(try reader.attempts(of: "bkk-3").last == attempt)
      #expect(try reader.conditions() == [condition])
      #expect(try reader.runs().map(\.ending) == [.drained, .waiting])
      #expect(try reader.isFinished())
    }
  }

  @Test func `there is a journal of every older schema`() {
    #expect(Self.versions == Array(OldJournal.sweeps.keys.sorted()))
  }

  @Test(arguments: versions) func `an old journal becomes exactly what a new one is`(version: Int) async throws {
    try await withTemporaryDirectory { directory in
      let (path, file) = try OldJournal.restored(version: version, in: directory)
      let id = try #require(OldJournal.sweeps[version].flatMap { ID<SweepManifest>($0) })
      #expect(try shape(of: file) == Self.shape(to: version), "schema \(version) is frozen")
      try Journal.open(in: StateDirectory(path: path), sweep: id, at: SampleSweep.now, tool: "1.2.4").close()
      let sweep = try SampleSweep(in: directory)
      try sweep.create().close()
      #expect(try shape(of: file) == shape(of: sweep.file))
      #expect(try Database.integer(file, "PRAGMA user_version") == Schema.version)
    }
  }

  @Test(arguments: versions)
  func `an old journal is read as it is, gone on with and amended, and verifies each time`(version: Int) async throws {
    try await withTemporaryDirectory { directory in
      let (path, file) = try OldJournal.restored(version: version, in: directory)
      let state = StateDirectory(path: path)
      let id = try #require(OldJournal.sweeps[version].flatMap { ID<SweepManifest>($0) })
      let reader = try JournalReader(in: state, sweep: id)
      let before = try records(reader)
      #expect(before.count == 16)
      #expect(before.count { $0.outcome == .pending } == 1)
      #expect(try reader.conditions().count == (version >= 2 ? 2 : 0))
      #expect(try reader.amendments().isEmpty)
      #expect(try reader.audit().problems == [])
      #expect(try Database.integer(file, "PRAGMA user_version") == version)
      let pending = try #require(before.first { $0.outcome == .pending })
      let output = [UInt8](repeating: 0x41, count: 5000)
      let journal = try Journal.open(in: state, sweep: id, at: SampleSweep.now, tool: "1.2.4")
      try await journal.record(
        Attempt(
          terminal: pending.terminal, number: pending.attempts + 1, started: SampleSweep.now, ended: SampleSweep.now,
          outcome: .inspected, reason: "", isFinal: true,
          observations: [
            Observation(check: "host.uptime", result: .pass, message: "", milliseconds: 1, stdout: output)
          ]))
      journal.close()
      let after = try JournalReader(in: state, sweep: id)
      #expect(try after.isFinished())
      #expect(try after.raw(pending.terminal, "host.uptime")?.stdout == output)
      #expect(try after.audit().problems == [])
      #expect(
        try records(after).filter { $0.terminal != pending.terminal }.map(\.last)
          == before.filter { $0.terminal != pending.terminal }.map(\.last))
    }
  }

  /// Everything that the schema says, sorted.
  private func shape(of file: String) throws -> [String] {
    try DatabaseQueue(path: file).read(Self.shape)
  }

  private static func shape(to version: Int) throws -> [String] {
    try DatabaseQueue().write { db in
      try Schema.migrate(db, to: version)
      return try shape(db)
    }
  }

  private static func shape(_ db: GRDB.Database) throws -> [String] {
    try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY sql")
  }
}
