internal import GRDB
package import TenkenModel

extension JournalReader {
  /// Every terminal of the inventory, in its order, exactly once: what a report is made of. One record at a time is in
  /// memory.
  ///
  /// - Throws: a `Failure`, or what `body` throws; then no further record is read.
  package func forEachRecord(_ body: (TerminalRecord) throws -> Void) throws {
    var interruption: (any Error)?
    try read { db in
      var records = try RecordCursor(db, of: nil)
      while interruption == nil, let record = try records.next() {
        do { try body(record) } catch { interruption = error }
      }
    }
    if let interruption { throw interruption }
  }

  /// `nil` for a terminal that the inventory does not list.
  package func record(of terminal: ID<Terminal>) throws(Failure) -> TerminalRecord? {
    try read { db in
      var records = try RecordCursor(db, of: terminal)
      return try records.next()
    }
  }

  /// All attempts on one terminal, in the order in which they were made, without raw bytes.
  package func attempts(of terminal: ID<Terminal>) throws(Failure) -> [Attempt] {
    try read { db in
      var cursor = try AttemptCursor(db, of: .all(of: terminal))
      var attempts: [Attempt] = []
      while let attempt = try cursor.next() { attempts.append(attempt) }
      return attempts
    }
  }

  /// What a check wrote on a terminal, byte for byte, in the last attempt in which it ran; `nil` where it never did.
  package func raw(
    _ terminal: ID<Terminal>, _ check: ID<Check>
  ) throws(Failure) -> (stdout: [UInt8], stderr: [UInt8])? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT coalesce(stdout.bytes, x''), \(try Schema.column("stdout.unpacked_size", since: 3, db)),
            coalesce(stderr.bytes, x''), \(try Schema.column("stderr.unpacked_size", since: 3, db))
          FROM terminal
            JOIN attempt ON attempt.terminal = terminal.ordinal
            JOIN observation ON observation.attempt = attempt.id
            JOIN catalogue_check ON catalogue_check.ordinal = observation.catalogue_check
            LEFT JOIN blob AS stdout ON stdout.id = observation.stdout
            LEFT JOIN blob AS stderr ON stderr.id = observation.stderr
          WHERE terminal.id = ? AND catalogue_check.id = ? ORDER BY attempt.number DESC LIMIT 1
          """, arguments: [terminal.rawValue, check.rawValue])
      return try row.map { (try $0.output(0), try $0.output(2)) }
    }
  }
}
