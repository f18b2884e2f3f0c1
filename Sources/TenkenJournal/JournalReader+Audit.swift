internal import GRDB
package import TenkenModel

extension JournalReader {
  /// Audits the whole journal as it is at one moment: every page is read, every digest is worked out anew.
  ///
  /// - Throws: where it cannot be read at all. What is wrong in it is in the audit.
  package func audit() throws(Failure) -> JournalAudit {
    try read { db in
      var auditor = Auditor(db, in: directory)
      try auditor.run()
      return auditor.audit
    }
  }

  /// What the journal says of its checks: id and digest, the latest of each.
  package func checkDigests() throws(Failure) -> [ID<Check>: String] {
    try read { db in
      let amended =
        try db.integer("PRAGMA user_version") >= 3
        ? """
        coalesce((SELECT digest FROM amended_check WHERE catalogue_check = ordinal ORDER BY amendment DESC LIMIT 1),
          catalogue_check.digest)
        """ : "catalogue_check.digest"
      let rows = try Row.fetchAll(db, sql: "SELECT id, \(amended) FROM catalogue_check")
      return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.id(0, of: Check.self), try $0.text(1)) })
    }
  }

  /// The terminals that the journal lists, with their sites.
  package func listedTerminals() throws(Failure) -> [ID<Terminal>: ID<Site>] {
    try read { db in
      let table = try db.integer("PRAGMA user_version") >= 3 ? "listed_terminal" : "terminal"
      let rows = try Row.fetchAll(
        db, sql: "SELECT \(table).id, site.id FROM \(table) JOIN site ON site.ordinal = \(table).site")
      return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.id(0, of: Terminal.self), try $0.id(1)) })
    }
  }
}
