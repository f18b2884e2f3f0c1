internal import GRDB
internal import TenkenModel

/// Which attempts are read, in which order: a query that gives their ids and ranks.
struct AttemptSource {
  let sql: String
  let arguments: StatementArguments

  /// The last attempt of every terminal that has one, in the order of the inventory.
  static let lastOfEach = AttemptSource(
    sql: "SELECT ordinal AS rank, attempt AS id FROM terminal_outcome WHERE attempt IS NOT NULL", arguments: [])

  static func last(of terminal: ID<Terminal>) -> AttemptSource {
    AttemptSource(
      sql: "SELECT ordinal AS rank, attempt AS id FROM terminal_outcome WHERE attempt IS NOT NULL AND id = ?",
      arguments: [terminal.rawValue])
  }

  /// In the order in which they were made.
  static func all(of terminal: ID<Terminal>) -> AttemptSource {
    AttemptSource(
      sql: """
        SELECT attempt.number AS rank, attempt.id AS id FROM terminal JOIN attempt ON attempt.terminal = terminal.ordinal
        WHERE terminal.id = ?
        """, arguments: [terminal.rawValue])
  }

  static func one(terminal: Int64, number: Int) -> AttemptSource {
    AttemptSource(
      sql: "SELECT number AS rank, id FROM attempt WHERE terminal = ? AND number = ?", arguments: [terminal, number])
  }
}

/// Attempts with their observations and facts, without raw output: three ordered queries read side by side, never one
/// a terminal.
struct AttemptCursor {
  private let attempts: RowCursor
  private var observations: ObservationCursor

  init(_ db: Database, of source: AttemptSource) throws {
    attempts = try Row.fetchCursor(
      db,
      sql: """
        SELECT attempt.id, terminal.id, attempt.number, attempt.outcome, attempt.reason, attempt.is_final,
          attempt.started_ms, attempt.ended_ms, attempt.host_key_type, attempt.host_key_fingerprint,
          attempt.host_key_standing, attempt.dialled,
          \(try Schema.column("attempt.host_key_blob", since: 2, db))
        FROM (\(source.sql)) AS source CROSS JOIN attempt ON attempt.id = source.id
          CROSS JOIN terminal ON terminal.ordinal = attempt.terminal
        ORDER BY source.rank
        """, arguments: source.arguments)
    observations = try ObservationCursor(db, of: source)
  }

  mutating func next() throws -> Attempt? {
    guard let row = try attempts.next() else { return nil }
    return Attempt(
      terminal: try row.id(1), number: Int(try row.integer(2)), started: try row.timestamp(6),
      ended: try row.timestamp(7), outcome: try row.word(3), reason: try row.text(4), isFinal: try row.integer(5) == 1,
      hostKey: try row.hostKey(type: 8, blob: 12), dialled: try row.optionalText(11),
      observations: try observations.all(of: row.integer(0))
    )
  }
}
