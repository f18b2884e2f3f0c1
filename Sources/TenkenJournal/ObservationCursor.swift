internal import GRDB
internal import TenkenModel

/// The observations of the attempts of a source, in its order, each with its facts.
struct ObservationCursor {
  private let rows: RowCursor
  private var facts: FactCursor
  private let checks: [Int64: ID<Check>]
  /// The row that was read last, and not used yet.
  private var pending: Row?

  init(_ db: Database, of source: AttemptSource) throws {
    checks = try Self.checks(db)
    facts = try FactCursor(db, of: source)
    rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT observation.attempt, observation.catalogue_check, observation.position, observation.result,
          observation.message, observation.milliseconds
        FROM (\(source.sql)) AS source CROSS JOIN observation ON observation.attempt = source.id
        ORDER BY source.rank, observation.catalogue_check
        """, arguments: source.arguments)
    pending = try rows.next()
  }

  mutating func all(of attempt: Int64) throws -> [Observation] {
    var observations: [(position: Int64, observation: Observation)] = []
    while let row = pending, try row.integer(0) == attempt {
      observations.append((try row.integer(2), try observation(row, attempt: attempt)))
      pending = try rows.next()
    }
    return observations.sorted { $0.position < $1.position }.map(\.observation)
  }

  private mutating func observation(_ row: Row, attempt: Int64) throws -> Observation {
    let ordinal = try row.integer(1)
    guard let check = checks[ordinal] else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an observation of no check")
    }
    return Observation(
      check: check, result: try row.word(3), message: try row.text(4),
      milliseconds: try row.optionalInteger(5).map { Int($0) }, facts: try facts.all(of: attempt, check: ordinal))
  }

  private static func checks(_ db: Database) throws -> [Int64: ID<Check>] {
    let rows = try Row.fetchAll(db, sql: "SELECT ordinal, id FROM catalogue_check")
    return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.integer(0), try $0.id(1)) })
  }
}
