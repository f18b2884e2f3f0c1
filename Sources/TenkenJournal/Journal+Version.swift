internal import GRDB

extension Journal {
  /// The version of the SQLite library that this program runs with: `3.40.1`.
  package static var sqliteVersion: String {
    let version = try? DatabaseQueue().read { db in try String.fetchOne(db, sql: "SELECT sqlite_version()") }
    return version ?? "that cannot be opened"
  }
}
