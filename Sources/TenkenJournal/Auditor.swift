internal import GRDB
internal import TenkenCrypto
internal import TenkenModel

/// Holds a journal against what its schema promises and against itself: whatever was changed, taken out or put in by
/// another hand than Tenken's leaves a gap, an orphan or a digest that is not right. It trusts nothing that the file
/// itself enforces, since triggers and constraints can be taken out of a file.
struct Auditor {
  private let db: Database
  private let directory: SweepDirectory
  private(set) var audit = JournalAudit()

  init(_ db: Database, in directory: SweepDirectory) {
    self.db = db
    self.directory = directory
  }

  /// - Throws: what keeps the journal from being read at all.
  mutating func run() throws {
    audit.version = try db.integer("PRAGMA user_version")
    try expectPragmas()
    try expectSchema()
    try count()
    for rule in AuditRule.all where (rule.since...rule.until).contains(audit.version) { try expect(rule) }
    try expectOutputs()
    try expectFacts()
  }

  /// Every page, every index, every constraint and every reference.
  private mutating func expectPragmas() throws {
    let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
    if integrity != ["ok"] { audit.problems += integrity.map { "SQLite: \($0)" } }
    for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(20) {
      audit.problems.append("a row of \(try row.text(0)) names one of \(try row.text(2)) that is not there")
    }
  }

  /// The tables, views and triggers are those of this version, none more and none fewer.
  private mutating func expectSchema() throws {
    let version = audit.version
    let expected = try DatabaseQueue().write { db in
      try Schema.migrate(db, to: version)
      return try Self.shape(db)
    }
    let found = try Self.shape(db)
    audit.problems += expected.subtracting(found).sorted().map { "the schema lacks: \(Self.beginning(of: $0))" }
    audit.problems += found.subtracting(expected).sorted().map { "the schema has besides: \(Self.beginning(of: $0))" }
  }

  private static func shape(_ db: Database) throws -> Set<String> {
    Set(try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"))
  }

  private static func beginning(of sql: String) -> String {
    String(sql.split(separator: "\n").first ?? "").escapedForPeople(maxLength: 100)
  }

  private mutating func count() throws {
    audit.runs = try db.integer("SELECT count(*) FROM run")
    audit.terminals = try db.integer("SELECT count(*) FROM terminal")
    audit.attempts = try db.integer("SELECT count(*) FROM attempt")
    audit.observations = try db.integer("SELECT count(*) FROM observation")
    audit.facts = try db.integer("SELECT count(*) FROM fact")
  }

  private mutating func expect(_ rule: AuditRule) throws {
    let offenders = try String.fetchAll(db, sql: rule.offenders)
    guard !offenders.isEmpty else { return }
    let shown = offenders.prefix(5).map { $0.escapedForPeople(maxLength: 60) }.joined(separator: ", ")
    let more = offenders.count > 5 ? " and \((offenders.count - 5).grouped) more" : ""
    audit.problems.append("\(rule.breach): \(shown)\(more)")
  }

  /// Every output unpacks and has the digest under which it stands.
  private mutating func expectOutputs() throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, digest, bytes, \(try Schema.column("unpacked_size", since: 3, db)) FROM blob ORDER BY id")
    while let row = try rows.next() {
      audit.outputs += 1
      audit.storedBytes += try row.withUnsafeData(atIndex: 2) { $0?.count ?? 0 }
      let id = try row.integer(0)
      guard let output = try? row.output(2) else {
        audit.problems.append("output \(id) does not unpack")
        continue
      }
      audit.outputBytes += output.count
      let digest = try row.bytes(1)
      if SHA256.bytes(of: output) != digest { audit.problems.append("output \(id) does not have its digest") }
    }
  }

  private mutating func expectFacts() throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT attempt, cells FROM fact")
    while let row = try rows.next() {
      let cells = try row.text(1)
      if (try? FactCells.values(cells)) == nil {
        audit.problems.append("a fact of attempt \(try row.integer(0)) cannot be read")
      }
    }
  }
}
