internal import Foundation
internal import GRDB
internal import TenkenModel

/// How a journal is opened. There is one connection that writes, the owner's; all others are read-only: SQLite before
/// 3.51.3 can corrupt a database in WAL mode when two connections write or checkpoint at once (the WAL-reset bug).
enum Connection {
  /// For the process that holds the `OwnerLock`. The file must exist; an empty one becomes a database.
  static func owner(_ directory: SweepDirectory) throws -> DatabaseQueue {
    var configuration = common()
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA page_size = 8192; PRAGMA cache_size = -16384")
      try harden(db)
      try setDurability(db)
    }
    return try DatabaseQueue(path: plain(directory.journal), configuration: configuration)
  }

  /// For everyone. Works beside a writing owner, and on what a killed one left behind.
  static func reader(_ directory: SweepDirectory) throws -> DatabaseQueue {
    var configuration = common()
    configuration.readonly = true
    configuration.prepareDatabase { db in
      try harden(db)
      _ = try db.integer("SELECT count(*) FROM sqlite_schema")
    }
    do {
      return try DatabaseQueue(path: plain(directory.journal), configuration: configuration)
    } catch let error as DatabaseError where error.isLackOfAccess && !hasLog(directory) {
      // In a directory that cannot be written to, SQLite cannot make the shared index of a write-ahead log. Where there
      // is no log, nobody has the journal open and the file is all there is.
      return try DatabaseQueue(path: immutable(directory.journal), configuration: configuration)
    }
  }

  private static func common() -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    return configuration
  }

  private static func harden(_ db: Database) throws {
    try db.execute(
      sql: """
        PRAGMA trusted_schema = OFF;
        PRAGMA cell_size_check = ON;
        PRAGMA mmap_size = 0;
        PRAGMA recursive_triggers = ON;
        """)
  }

  /// A commit is on the disk when it returns. Both settings are read back: an I/O error while the log is made leaves
  /// the database in another journal mode without a word.
  private static func setDurability(_ db: Database) throws {
    let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
    try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000")
    let synchronous = try db.integer("PRAGMA synchronous")
    let foreignKeys = try db.integer("PRAGMA foreign_keys")
    guard mode == "wal", synchronous == 2, foreignKeys == 1 else {
      throw DatabaseError(
        resultCode: .SQLITE_IOERR,
        message: "durability is not to be had: journal mode \(mode ?? "none"), synchronous \(synchronous)")
    }
  }

  private static func hasLog(_ directory: SweepDirectory) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: directory.writeAheadLog)
    return (attributes?[.size] as? Int ?? 0) > 0
  }

  /// SQLite takes a path that begins with `file:` for a URI; no other path means anything but itself.
  private static func plain(_ path: String) -> String { path.hasPrefix("/") ? path : "./\(path)" }

  /// As a URI filename (https://www.sqlite.org/uri.html). Nothing is locked, no file is looked for beside it.
  private static func immutable(_ path: String) -> String {
    let allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/")
    let escaped = plain(path).addingPercentEncoding(withAllowedCharacters: allowed) ?? path
    return "file:\(path.hasPrefix("/") ? "//" : "")\(escaped)?immutable=1"
  }
}

extension DatabaseError {
  fileprivate var isLackOfAccess: Bool {
    resultCode == .SQLITE_CANTOPEN || resultCode == .SQLITE_READONLY
  }
}
