internal import GRDB
internal import TenkenModel

/// The shape of a journal, by version. Migrations go forward only: each makes version n + 1 out of version n.
enum Schema {
  /// `TNKN`, where file(1) and SQLite look for it.
  static let applicationID = 0x544E_4B4E
  static var version: Int { migrations.count }

  private static let migrations = [v1, v2, v3]

  /// Brings the database to this version, or to an older one, within the caller's transaction.
  static func migrate(_ db: Database, to target: Int = version) throws {
    let version = try db.integer("PRAGMA user_version")
    for migration in migrations.prefix(target).dropFirst(version) { try db.execute(sql: migration) }
    guard version < target else { return }
    try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(target)")
  }

  /// A column that came with a version, as a query names it: NULL in a journal that is older, since a reader changes
  /// nothing.
  static func column(_ name: String, since version: Int, _ db: Database) throws -> String {
    try db.integer("PRAGMA user_version") >= version ? name : "NULL"
  }

  /// Three triggers a table: what was recorded is never changed, never taken back, and never replaced. (An
  /// `INSERT OR REPLACE` deletes without a word to the trigger of DELETE, unless the connection says otherwise.)
  ///
  /// - Parameter keys: each table, and when a row of it is there already.
  static func appendOnly(_ keys: [(table: String, key: String)]) -> String {
    keys.map { table, key in
      ["UPDATE", "DELETE", "INSERT"].map { change in
        """
        CREATE TRIGGER \(table)_no_\(change == "INSERT" ? "replace" : change.lowercased()) BEFORE \(change) ON \(table)
        \(change == "INSERT" ? "WHEN EXISTS (SELECT 1 FROM \(table) WHERE \(key)) " : "")\
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

        """
      }.joined()
    }.joined()
  }

  /// Whether this is a journal, and one that this version of Tenken knows how to read.
  static func recognise(_ db: Database, in directory: SweepDirectory) throws {
    let application = try db.integer("PRAGMA application_id")
    let version = try db.integer("PRAGMA user_version")
    if application == 0, version == 0, try db.integer("SELECT count(*) FROM sqlite_schema") == 0 {
      throw directory.notBegun
    }
    guard application == applicationID, version > 0 else {
      throw directory.doesNotVerify("it is a database, but not a journal of Tenken")
    }
    guard version <= Self.version else {
      throw Failure(
        .badInput, "cannot read the journal \(directory.journal)",
        why: "made by a newer Tenken (schema \(version), this one knows \(Self.version))",
        next: "Use the Tenken that made it, or a newer one.")
    }
  }

  /// Reads every page (`quick_check`): what is planned from and written to must be whole.
  static func check(_ db: Database, in directory: SweepDirectory) throws {
    let findings = try String.fetchAll(db, sql: "PRAGMA quick_check(3)")
    guard findings == ["ok"] else {
      throw directory.doesNotVerify(findings.joined(separator: "; "))
    }
  }
}

extension Database {
  /// The one integer that a statement answers with.
  func integer(_ sql: String) throws -> Int {
    guard let value = try Int.fetchOne(self, sql: sql) else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "no answer to \(sql)")
    }
    return value
  }
}
