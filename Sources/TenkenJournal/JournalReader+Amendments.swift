internal import GRDB
package import TenkenModel

extension JournalReader {
  /// In their order; none in a journal that is older than amendments.
  package func amendments() throws(Failure) -> [Amendment] {
    try read { db in
      guard try db.integer("PRAGMA user_version") >= 3 else { return [] }
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT number, at_ms, inventory, inventory_digest, catalogue_digest, terminals, (
            SELECT count(*) FROM terminal_outcome JOIN attempt ON attempt.id = terminal_outcome.attempt
            WHERE terminal_outcome.outcome = 'inspected' AND attempt.run < amendment.run)
          FROM amendment ORDER BY number
          """)
      return try rows.map { row in
        guard let inventory = Digest(hex: try row.text(3)), let catalogue = Digest(hex: try row.text(4)) else {
          throw directory.doesNotVerify("a digest of an amendment is not 64 hexadecimal digits")
        }
        let number = Int(try row.integer(0))
        return Amendment(
          number: number, at: try row.timestamp(1), inventory: try row.text(2), inventoryDigest: inventory,
          catalogueDigest: catalogue, terminals: Int(try row.integer(5)),
          terminalChanges: try Self.terminalChanges(db, number), checkChanges: try Self.checkChanges(db, number),
          inspectedBefore: Int(try row.integer(6)))
      }
    }
  }

  /// The files that an amendment brought, byte for byte.
  package func sources(of amendment: Int) throws(Failure) -> (inventory: SourceFiles, catalogue: SourceFiles) {
    try read { db in
      guard
        let origins = try Row.fetchOne(
          db, sql: "SELECT inventory_origin, catalogue_origin FROM amendment WHERE number = ?", arguments: [amendment])
      else { throw directory.doesNotVerify("amendment \(amendment) is missing") }
      let files: (String) throws -> [SourceFiles.File] = { kind in
        try Row.fetchAll(
          db, sql: "SELECT path, bytes FROM amended_source WHERE amendment = ? AND kind = ?",
          arguments: [amendment, kind]
        ).map { SourceFiles.File(path: try $0.text(0), bytes: try $0.bytes(1)) }
      }
      return (
        SourceFiles(origin: try origins.text(0), files: try files("inventory")),
        SourceFiles(origin: try origins.text(1), files: try files("catalogue"))
      )
    }
  }

  private static func terminalChanges(_ db: Database, _ amendment: Int) throws -> [Amendment.Change: Int] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT change, count(*) FROM amended_terminal WHERE amendment = ? GROUP BY change",
      arguments: [amendment])
    return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.word(0), Int(try $0.integer(1))) })
  }

  private static func checkChanges(_ db: Database, _ amendment: Int) throws -> [Amendment.Change: [ID<Check>]] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT change, id FROM amended_check JOIN catalogue_check ON ordinal = catalogue_check WHERE amendment = ?
        ORDER BY id
        """, arguments: [amendment])
    let changes: [(Amendment.Change, ID<Check>)] = try rows.map { (try $0.word(0), try $0.id(1)) }
    return Dictionary(grouping: changes, by: \.0).mapValues { $0.map(\.1) }
  }
}
