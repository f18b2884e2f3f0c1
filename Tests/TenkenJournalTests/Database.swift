import GRDB

/// The journal's file as a stranger with SQLite opens it.
enum Database {
  static func integer(_ file: String, _ sql: String) throws -> Int {
    try DatabaseQueue(path: file).read { try Int.fetchOne($0, sql: sql)! }
  }

  static func execute(_ file: String, _ sql: String) throws {
    try DatabaseQueue(path: file).writeWithoutTransaction { try $0.execute(sql: sql) }
  }
}
