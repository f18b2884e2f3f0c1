internal import GRDB
package import TenkenModel

extension JournalReader {
  /// Attempts in one read at most.
  private static let page = 500

  /// Attempts in the order in which they were recorded, without raw bytes: those after the one of this row, a page of
  /// them at most.
  ///
  /// - Parameter row: 0 for the first page, then what the last call returned.
  /// - Returns: the row of the last one, or `row` where there is none.
  package func attempts(after row: Int64) throws(Failure) -> (attempts: [Attempt], last: Int64) {
    try read { db in
      let rows = "SELECT id FROM attempt WHERE id > ? ORDER BY id LIMIT \(Self.page)"
      let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM (\(rows))", arguments: [row])
      guard let last else { return ([], row) }
      var cursor = try AttemptCursor(
        db,
        of: AttemptSource(
          sql: "SELECT id AS rank, id FROM attempt WHERE id > ? AND id <= ?", arguments: [row, last]))
      var attempts: [Attempt] = []
      while let attempt = try cursor.next() { attempts.append(attempt) }
      return (attempts, last)
    }
  }
}
