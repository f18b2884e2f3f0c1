internal import Foundation
internal import GRDB
package import TenkenModel

/// A sweep's journal, read. Every call sees one moment of it, whatever is written meanwhile.
package final class JournalReader: Sendable {
  let directory: SweepDirectory
  private let database: DatabaseQueue

  /// Opens a journal read-only. Works while its owner writes, and on what a killed owner left behind.
  ///
  /// - Throws: 66 where there is no such sweep, 65 where the journal does not verify, is a newer Tenken's or an older copy
  ///   than was recorded here, 77 where it cannot be read.
  package init(in state: StateDirectory, sweep: ID<SweepManifest>) throws(Failure) {
    directory = state.directory(of: sweep)
    try directory.expectJournal()
    let mark = HighWaterMark.level(at: directory.highWaterMark)
    database = try directory.perform { [directory] in
      let database = try Connection.reader(directory)
      try database.read { db in
        try Schema.recognise(db, in: directory)
        try HighWaterMark.expect(mark, db, in: directory)
      }
      return database
    }
  }

  package var sweep: ID<SweepManifest> { directory.id }

  init(_ directory: SweepDirectory, database: DatabaseQueue) {
    self.directory = directory
    self.database = database
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(Failure) -> Value {
    try directory.perform { try database.read(body) }
  }

  package func manifest() throws(Failure) -> SweepManifest {
    try read { db in
      let row = try one(
        db, "SELECT id, started_ms, tool, inventory, inventory_digest, catalogue_digest, terminals, scope")
      guard let inventory = Digest(hex: try row.text(4)), let catalogue = Digest(hex: try row.text(5)) else {
        throw directory.doesNotVerify("a digest is not 64 hexadecimal digits")
      }
      return SweepManifest(
        id: try row.id(0), started: try row.timestamp(1), tool: try row.text(2), inventory: try row.text(3),
        inventoryDigest: inventory, catalogueDigest: catalogue, terminals: Int(try row.integer(6)),
        scope: try JSONDecoder().decode(Scope.self, from: Data(try row.bytes(7))))
    }
  }

  /// The files that the inventory was read from, byte for byte.
  package func inventorySources() throws(Failure) -> SourceFiles { try sources("inventory") }

  /// The files that the catalogue was read from, byte for byte.
  package func catalogueSources() throws(Failure) -> SourceFiles { try sources("catalogue") }

  /// What a resume need not do again.
  package func settled() throws(Failure) -> Settled {
    try read { db in
      var settled = Settled()
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT terminal_outcome.id, terminal_outcome.outcome, terminal_outcome.reason, attempts, attempt.outcome
          FROM terminal_outcome LEFT JOIN attempt ON attempt.id = terminal_outcome.attempt
          """)
      while let row = try rows.next() {
        let terminal = try row.id(0, of: Terminal.self)
        switch try row.word(1, of: Outcome.self) {
        case .excluded: settled.excluded[terminal] = try row.text(2)
        case .pending:
          let attempts = try row.integer(3)
          if attempts > 0 { settled.attempts[terminal] = Int(attempts) }
          // See `Attempt.isForOpenSSH`.
          if try row.optionalText(4) == Outcome.unsupported.rawValue {
            settled.unsupported[terminal] = try row.text(2)
          }
        case let outcome: settled.final[terminal] = outcome
        }
      }
      return settled
    }
  }

  /// Terminals by site and outcome; they sum to the inventory, `excluded` and `pending` included.
  package func counts() throws(Failure) -> [ID<Site>: [Outcome: Int]] {
    try read { db in
      var counts: [ID<Site>: [Outcome: Int]] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT site.id, outcome, count(*) FROM terminal_outcome JOIN site ON site.ordinal = terminal_outcome.site
          GROUP BY site.id, outcome
          """)
      while let row = try rows.next() {
        counts[try row.id(0), default: [:]][try row.word(1)] = Int(try row.integer(2))
      }
      return counts
    }
  }

  /// Whether every terminal that is not excluded has its final outcome.
  package func isFinished() throws(Failure) -> Bool {
    try read { db in
      try db.integer("SELECT NOT EXISTS (SELECT 1 FROM terminal_outcome WHERE outcome = 'pending')") == 1
    }
  }

  /// The processes that owned the sweep, in order.
  package func runs() throws(Failure) -> [SweepRun] {
    try read { db in
      let overrides = try Self.overrides(db)
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT number, started_ms, process_id, tool, ended_ms, ending FROM run LEFT JOIN run_end ON run_end.run = number
          ORDER BY number
          """)
      return try rows.map { row in
        let number = Int(try row.integer(0))
        return SweepRun(
          number: number, started: try row.timestamp(1),
          processID: try row.decode(Int32.self, atIndex: 2),
          tool: try row.text(3), ended: try row.optionalInteger(4).map { Timestamp(milliseconds: $0) },
          ending: try row.optionalText(5) == nil ? nil : try row.word(5), overrides: overrides[number] ?? [])
      }
    }
  }

  /// By run; none in a journal that is older than their being recorded.
  private static func overrides(_ db: Database) throws -> [Int: [LimitOverride]] {
    guard try db.integer("PRAGMA user_version") >= 3 else { return [:] }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT run, outcome, site.id FROM run_override LEFT JOIN site ON site.ordinal = site ORDER BY outcome, site.id
        """)
    return try rows.reduce(into: [:]) { overrides, row in
      let site = try row.optionalText(2) == nil ? nil : try row.id(2, of: Site.self)
      overrides[Int(try row.integer(0)), default: []].append(LimitOverride(try row.word(1), at: site))
    }
  }

  private func sources(_ kind: String) throws(Failure) -> SourceFiles {
    try read { db in
      let origin = try one(db, "SELECT \(kind)_origin").text(0)
      let rows = try Row.fetchAll(db, sql: "SELECT path, bytes FROM source WHERE kind = ?", arguments: [kind])
      return SourceFiles(
        origin: origin, files: try rows.map { SourceFiles.File(path: try $0.text(0), bytes: try $0.bytes(1)) })
    }
  }

  private func one(_ db: Database, _ columns: String) throws -> Row {
    guard let row = try Row.fetchOne(db, sql: "\(columns) FROM manifest") else {
      throw directory.doesNotVerify("it has no manifest")
    }
    return row
  }
}
