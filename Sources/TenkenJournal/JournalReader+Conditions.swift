internal import GRDB
package import TenkenModel

extension JournalReader {
  /// What kept sites from being contacted, in the order in which it was recorded: of all runs of the sweep. Empty for
  /// a journal that is older than conditions.
  package func conditions() throws(Failure) -> [SiteCondition] {
    try read { db in
      guard try db.integer("PRAGMA user_version") >= 2 else { return [] }
      // A cursor: a row that was copied has lost what follows a NUL.
      let pause = try Schema.column("pause", since: 3, db)
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT site.id, standing, gateway, outcome, reason, host_key_type, host_key_fingerprint, host_key_standing,
            host_key_blob, at_ms, \(pause)
          FROM site_condition JOIN site ON site.ordinal = site_condition.site ORDER BY site_condition.id
          """)
      return try Array(rows.map(Self.condition))
    }
  }

  private static func condition(_ row: Row) throws -> SiteCondition {
    SiteCondition(
      site: try row.id(0), standing: try row.word(1),
      gateway: try row.optionalText(2) == nil ? nil : try row.id(2, of: Gateway.self),
      outcome: try row.optionalText(3) == nil ? nil : try row.word(3, of: Outcome.self), reason: try row.text(4),
      hostKey: try row.hostKey(type: 5, blob: 8), pause: try row.optionalText(10) == nil ? nil : try row.word(10),
      at: try row.timestamp(9))
  }
}
