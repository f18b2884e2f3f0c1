import Foundation
import GRDB
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenJournal

/// What `tenken verify` finds in a journal that another hand was at, one that took the triggers out first.
struct AuditTests {
  @Test func `a journal with every kind of row verifies, and its rows are counted`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try await Self.recorded(in: directory)
      let audit = try sweep.reader().audit()
      #expect(audit.problems == [])
      #expect(audit.version == Schema.version && audit.runs == 2 && audit.terminals == 13)
      #expect(audit.attempts == 8 && audit.observations > 8 && audit.facts > 0)
      #expect(audit.outputs > 3 && audit.storedBytes < audit.outputBytes)
    }
  }

  @Test(arguments: [
    ("DELETE FROM attempt WHERE id = 3", "attempt rows that are missing"),
    ("DELETE FROM observation WHERE attempt = 1", "output"),
    ("UPDATE attempt SET number = 9 WHERE id = 2", "numbered"), ("DELETE FROM run_end", nil),
    ("DELETE FROM run WHERE number = 1", "run rows that are missing"),
    ("UPDATE attempt SET run = 2 WHERE id = 2", "earlier run"),
    ("UPDATE attempt SET outcome = 'inspected' WHERE id = 8", nil),
    ("UPDATE blob SET bytes = zeroblob(length(bytes))", "output "),
    ("UPDATE blob SET digest = zeroblob(32) WHERE id = 2", "output 2 does not have its digest"),
    ("UPDATE blob SET unpacked_size = unpacked_size + 1 WHERE unpacked_size IS NOT NULL", "does not unpack"),
    ("UPDATE fact SET cells = '[1]'", "a fact of attempt"),
    ("UPDATE observation SET position = position + 1 WHERE attempt = 1", "observations are not counted"),
    ("DELETE FROM terminal WHERE ordinal = 4", "terminal rows that are missing"),
    ("DELETE FROM site WHERE ordinal = 1", "site rows that are missing"),
    ("UPDATE terminal SET excluded_reason = 'no' WHERE id = 't-2'", "never selected"),
    ("UPDATE manifest SET terminals = 99", "manifest counts"), ("DELETE FROM manifest", "not one manifest"),
    ("DELETE FROM amendment", "amend"), ("DELETE FROM amended_source WHERE kind = 'inventory'", "without an inventory"),
    ("INSERT INTO blob VALUES (NULL, zeroblob(32), x'00', NULL)", "no observation gave"),
    ("CREATE TABLE notes (text TEXT)", "has besides: CREATE TABLE notes"),
    (
      "DROP VIEW terminal_outcome; CREATE VIEW terminal_outcome AS SELECT ordinal, id, site, 'inspected' AS outcome, '' AS reason, 1 AS attempts, NULL AS attempt FROM terminal",
      "the schema"
    ),
  ])
  func `what another hand changed is found`(change: String, found: String?) async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try await Self.recorded(in: directory)
      try Self.changed(sweep.file, change)
      // The high-water mark would have found what is missing at the end before.
      try FileManager.default.removeItem(atPath: sweep.sweepDirectory.highWaterMark)
      let problems = try sweep.reader().audit().problems
      // What the rows alone cannot show is the ledger's to find, not the audit's.
      guard let found else { return #expect(problems == [], "\(change)") }
      #expect(problems.contains { $0.contains(found) }, "\(change): \(problems)")
    }
  }

  @Test func `guards that were taken out are missed, though nothing else was changed`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try await Self.recorded(in: directory)
      try Database.execute(sweep.file, "DROP TRIGGER attempt_no_update")
      #expect(
        try sweep.reader().audit().problems == [
          "the schema lacks: CREATE TRIGGER attempt_no_update BEFORE UPDATE ON attempt"
        ])
    }
  }

  @Test func `an index that does not agree with its table is found`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try await Self.recorded(in: directory)
      let file = try FileHandle(forUpdating: URL(filePath: sweep.file))
      let page = try Database.integer(
        sweep.file, "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_terminal_1'")
      try file.seek(toOffset: UInt64(page) * 8192 - 3)
      try file.write(contentsOf: Data([0x7A]))
      try file.close()
      #expect(try sweep.reader().audit().problems.contains { $0.hasPrefix("SQLite: ") })
    }
  }

  @Test func `a journal is audited while its owner writes`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory, terminals: 200)
      let journal = try sweep.create()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await sweep.record(0..<200, in: journal) }
        for _ in 0..<10 { #expect(try sweep.reader().audit().problems == []) }
        try await group.waitForAll()
      }
      journal.close()
    }
  }

  private static func recorded(in directory: URL) async throws -> SampleSweep {
    let sweep = try SampleSweep(in: directory, excluded: 1)
    let journal = try sweep.create()
    var generator = SplitMix64(seed: 3)
    for number in 1...5 {
      try await journal.record(sweep.randomAttempt(on: "t-2", number: number, using: &generator))
    }
    try await journal.record(sweep.attempt(3, output: Array(repeating: 0x2E, count: 3000)))
    try await journal.record([sweep.condition("tokyo", .held), sweep.condition("tokyo", .released)])
    try journal.finishRun(.drained, at: SampleSweep.now)
    journal.close()
    let next = try sweep.amended()
    try await next.record(sweep.attempt(4))
    try await next.record(sweep.attempt(5, outcome: .unreachable))
    next.close()
    return sweep
  }

  private static func changed(_ file: String, _ change: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    try DatabaseQueue(path: file, configuration: configuration).writeWithoutTransaction { db in
      let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for row in triggers { try db.execute(sql: "DROP TRIGGER \(row["name"] as String)") }
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON; \(change)")
      for row in triggers { try db.execute(sql: row["sql"]) }
    }
  }
}
