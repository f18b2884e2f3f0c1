import Foundation
import GRDB
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenJournal

struct SchemaTests {
  @Test(
    arguments: [
      "manifest", "source", "site", "terminal", "catalogue_check", "run", "run_end", "attempt", "blob", "observation",
      "fact", "site_condition", "amendment", "amended_source", "amended_terminal", "amended_check",
      "run_override",
    ], ["UPDATE", "DELETE", "REPLACE"])
  func `what was recorded is never changed and never taken back`(table: String, change: String) async throws {
    try await withRecordedSweep { sweep in
      let statement =
        switch change {
        case "UPDATE": "UPDATE \(table) SET \(try Self.lastColumn(sweep.file, table)) = NULL"
        case "DELETE": "DELETE FROM \(table)"
        default: "INSERT OR REPLACE INTO \(table) SELECT * FROM \(table)"
        }
      let error = #expect(throws: DatabaseError.self) { try Database.execute(sweep.file, statement) }
      #expect(error?.extendedResultCode == .SQLITE_CONSTRAINT_TRIGGER, "\(error?.description ?? "")")
      #expect(try Database.integer(sweep.file, "SELECT count(*) FROM \(table)") > 0)
    }
  }

  @Test func `every table is append-only`() async throws {
    try await withRecordedSweep { sweep in
      let unguarded = """
        SELECT count(*) FROM sqlite_schema AS t WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND (SELECT count(*)
          FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = t.name AND sql LIKE '%append-only%') <> 3
        """
      let count = try Database.integer(sweep.file, unguarded)
      #expect(count == 0)
    }
  }

  @Test(arguments: [
    "INSERT INTO attempt VALUES (NULL, 5, 1, 1, 'splendid', '', 1, 0, 0, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 5, 1, 1, 'pending', '', 1, 0, 0, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 5, 1, 1, 'excluded', '', 1, 0, 0, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 5, 1, 1, 'inspected', '', 2, 0, 0, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 5, 1, 1, 'inspected', NULL, 1, 0, 0, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 5, 1, 1, 'inspected', '', 1, 'noon', 0, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 5, 1, 1, 'inspected', '', 1, 0, 0, 'ssh-rsa', NULL, NULL, NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 5, 1, 1, 'inspected', '', 1, 0, 0, 'a', 'b', 'friendly', NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 5, 2, 1, 'inspected', '', 1, 0, 0, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 1, 1, 1, 'inspected', '', 1, 0, 0, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 999, 1, 1, 'inspected', '', 1, 0, 0, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 5, 1, 9, 'inspected', '', 1, 0, 0, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO attempt VALUES (NULL, 5, 1, 1, 'inspected', '', 1, 0, 0, NULL, NULL, NULL, NULL, x'00')",
    "INSERT INTO site_condition VALUES (NULL, 1, 1, 0, 'sulking', 'gw', 'unreachable', '', NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO site_condition VALUES (NULL, 9, 1, 0, 'held', 'gw', 'unreachable', '', NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO site_condition VALUES (NULL, 1, 9, 0, 'held', 'gw', 'unreachable', '', NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO site_condition VALUES (NULL, 1, 1, 0, 'held', '', 'unreachable', '', NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO site_condition VALUES (NULL, 1, 1, 0, 'held', 'gw', NULL, '', NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO site_condition VALUES (NULL, 1, 1, 0, 'released', 'gw', 'unreachable', '', NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO site_condition VALUES (NULL, 1, 1, 0, 'held', 'gw', 'pending', '', NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO site_condition VALUES (NULL, 1, 1, 0, 'held', 'gw', 'unreachable', '', 'a', 'b', NULL, NULL, NULL)",
    "INSERT INTO site_condition VALUES (NULL, 1, 1, 0, 'held', 'gw', 'unreachable', '', NULL, NULL, NULL, x'00', NULL)",
    "INSERT INTO observation VALUES (1, 3, 0, 'PASS', '', NULL, NULL, NULL)",
    "INSERT INTO observation VALUES (1, 3, 0, 'pass', '', NULL, 999, NULL)",
    "INSERT INTO observation VALUES (1, 99, 0, 'pass', '', NULL, NULL, NULL)",
    "INSERT INTO observation VALUES (99, 3, 0, 'pass', '', NULL, NULL, NULL)",
    "INSERT INTO fact VALUES (1, 3, 0, 'listener', '[]')",
    "INSERT INTO fact VALUES (1, 0, 9, 'listener', 'tcp')",
    "INSERT INTO blob VALUES (NULL, x'00', x'00', NULL)",
    "INSERT INTO blob VALUES (NULL, zeroblob(32), x'0000', 2)",
    "INSERT INTO amendment SELECT 2, 9, 0, '', '', inventory_digest, '', catalogue_digest, 0 FROM manifest",
    "INSERT INTO amendment SELECT 2, 1, 0, '', '', '', '', catalogue_digest, 0 FROM manifest",
    "INSERT INTO amended_source VALUES (7, 'inventory', 'a', x'')",
    "INSERT INTO amended_terminal VALUES (3, 1, 'moved', 1, NULL)",
    "INSERT INTO amended_terminal VALUES (3, 1, 'changed', 99, NULL)",
    "INSERT INTO amended_check SELECT 3, 1, 'changed', 1, '', 'high', 'integrity', '' FROM manifest",
    "INSERT INTO attempt VALUES (NULL, 11, 1, 1, 'inspected', '', 1, 0, 0, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO run_override VALUES (9, 'hostile', NULL)",
    "INSERT INTO run_override VALUES (1, 'hostile', 99)",
    "INSERT INTO run_override VALUES (1, 'timed-out', NULL)",
    "INSERT INTO run_end VALUES (1, 0, 'exploded')",
    "INSERT INTO run_end VALUES (7, 0, 'finished')",
    "INSERT INTO manifest SELECT 2, id, 0, '', '', '', inventory_digest, '', catalogue_digest, 0, scope FROM manifest",
  ])
  func `a row that cannot be true is refused by the schema itself`(statement: String) async throws {
    try await withRecordedSweep { sweep in
      let error = #expect(throws: DatabaseError.self) { try Database.execute(sweep.file, statement) }
      #expect(error?.resultCode == .SQLITE_CONSTRAINT, "\(error?.description ?? "")")
    }
  }

  @Test func `the words of the schema are those of the model`() throws {
    for outcome in Outcome.allCases {
      #expect(Schema.v1.contains("'\(outcome.rawValue)'"), "\(outcome)")
    }
    for word in CheckResult.allCases.map(\.rawValue) + Severity.allCases.map(\.rawValue)
      + Check.Class.allCases.map(\.rawValue)
    {
      #expect(Schema.v1.contains("'\(word)'"), "\(word)")
    }
  }

  @Test func `the words that came later are those of the model too`() {
    for word in SiteCondition.Standing.allCases.map(\.rawValue) + Outcome.ofAttempts.map(\.rawValue)
      + SweepRun.Ending.allCases.map(\.rawValue)
    {
      #expect(Schema.tablesV2.contains("'\(word)'"), "\(word)")
    }
    for word in Amendment.Change.allCases { #expect(Schema.tablesV3.contains("'\(word.rawValue)'"), "\(word)") }
    for word in SiteCondition.Pause.allCases.map(\.rawValue) + PauseLimits.outcomes.map(\.rawValue) {
      #expect(Schema.tablesV3.contains("'\(word)'"), "\(word)")
    }
  }

  @Test func `the documentation prints the schema word for word`() throws {
    let documentation = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/journal.md")
    let text = try String(contentsOf: documentation, encoding: .utf8)
    let blocks = text.split(separator: "```sql\n").dropFirst().map { block in
      String(block[..<(block.firstRange(of: "```")?.lowerBound ?? block.endIndex)])
    }
    #expect(blocks == [Schema.tablesV1, Schema.tablesV2, Schema.tablesV3])
  }

  @Test func `the owner's connection is as durable as it says`() async throws {
    try await withRecordedSweep { sweep in
      let database = try Connection.owner(sweep.sweepDirectory)
      let expected = [
        "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0", "cell_size_check": "1",
        "mmap_size": "0", "wal_autocheckpoint": "1000", "busy_timeout": "5000", "recursive_triggers": "1",
        "page_size": "8192", "application_id": "1414417230", "user_version": "3",
      ]
      for (name, value) in expected {
        let found = try await database.read { try String.fetchOne($0, sql: "PRAGMA \(name)") }
        #expect(found == value, "\(name)")
      }
    }
  }

  @Test func `the journal of a newer Tenken is left alone`() async throws {
    try await withRecordedSweep { sweep in
      try Database.execute(sweep.file, "PRAGMA user_version = 4")
      for failure in [
        #expect(throws: Failure.self) { try sweep.open() }, #expect(throws: Failure.self) { try sweep.reader() },
      ] {
        #expect(failure?.code == .badInput)
        #expect(failure?.why == "made by a newer Tenken (schema 4, this one knows 3)")
      }
    }
  }

  @Test func `a database of something else is not a journal`() async throws {
    try await withRecordedSweep { sweep in
      try Database.execute(sweep.file, "PRAGMA application_id = 1")
      for failure in [
        #expect(throws: Failure.self) { try sweep.open() }, #expect(throws: Failure.self) { try sweep.reader() },
      ] { #expect(failure?.why == "it is a database, but not a journal of Tenken") }
    }
  }

  @Test func `a reader cannot write`() async throws {
    try await withRecordedSweep { sweep in
      let database = try Connection.reader(sweep.sweepDirectory)
      let error = #expect(throws: DatabaseError.self) {
        try database.writeWithoutTransaction { try $0.execute(sql: "INSERT INTO run VALUES (9, 0, 0, '')") }
      }
      #expect(error?.resultCode == .SQLITE_READONLY)
    }
  }

  /// A closed journal with a row in every table.
  private func withRecordedSweep(_ body: (SampleSweep) async throws -> Void) async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, excluded: 2)
      let journal = try sweep.create()
      var generator = SplitMix64(seed: 1)
      for number in 1...5 {
        try await journal.record(sweep.randomAttempt(on: "t-2", number: number, using: &generator))
      }
      try await journal.record(sweep.attempt(3))
      try await journal.record([sweep.condition("tokyo", .held), sweep.condition("tokyo", .released)])
      try journal.override([LimitOverride(.hostile), LimitOverride(.authFailed, at: "tokyo")])
      try journal.finishRun(.drained, at: SampleSweep.now)
      journal.close()
      try sweep.amended().close()
      try await body(sweep)
    }
  }

  private static func lastColumn(_ file: String, _ table: String) throws -> String {
    try DatabaseQueue(path: file).read { try $0.columns(in: table).last!.name }
  }
}
