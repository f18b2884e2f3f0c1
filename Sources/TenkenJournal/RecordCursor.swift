internal import GRDB
internal import TenkenModel

/// The terminals of the inventory in its order, each with its last attempt.
struct RecordCursor {
  private let terminals: RowCursor
  private var attempts: AttemptCursor
  private let earlier: EarlierAttempts

  /// All terminals, or one.
  init(_ db: Database, of terminal: ID<Terminal>?) throws {
    terminals = try Row.fetchCursor(
      db,
      sql: """
        SELECT id, outcome, reason, attempts FROM terminal_outcome \(terminal == nil ? "" : "WHERE id = ?")
        ORDER BY ordinal
        """, arguments: terminal.map { [$0.rawValue] } ?? [])
    earlier = try EarlierAttempts(db, of: terminal)
    attempts = try AttemptCursor(db, of: terminal.map { .last(of: $0) } ?? .lastOfEach)
  }

  mutating func next() throws -> TerminalRecord? {
    guard let row = try terminals.next() else { return nil }
    let (terminal, count) = (try row.id(0, of: Terminal.self), Int(try row.integer(3)))
    return TerminalRecord(
      terminal: terminal, outcome: try row.word(1), reason: try row.text(2), attempts: count,
      last: count == 0 ? nil : try lastAttempt(of: terminal), earlierFailures: earlier.failures(of: terminal),
      earlierAlarms: earlier.alarms(of: terminal), earlierAnswers: earlier.answers(of: terminal))
  }

  private mutating func lastAttempt(of terminal: ID<Terminal>) throws -> Attempt {
    guard let attempt = try attempts.next(), attempt.terminal == terminal else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the last attempt on \(terminal) cannot be read")
    }
    return attempt
  }
}
