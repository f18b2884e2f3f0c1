internal import GRDB
internal import TenkenModel

/// The facts of the attempts of a source, in its order.
struct FactCursor {
  private let rows: RowCursor
  private var pending: Row?

  init(_ db: Database, of source: AttemptSource) throws {
    rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT fact.attempt, fact.catalogue_check, fact.name, fact.cells
        FROM (\(source.sql)) AS source CROSS JOIN fact ON fact.attempt = source.id
        ORDER BY source.rank, fact.catalogue_check, fact.position
        """, arguments: source.arguments)
    pending = try rows.next()
  }

  mutating func all(of attempt: Int64, check: Int64) throws -> [Fact] {
    var facts: [Fact] = []
    while let row = pending, try row.integer(0) == attempt, try row.integer(1) == check {
      facts.append(Fact(name: try row.text(2), values: try FactCells.values(try row.text(3))))
      pending = try rows.next()
    }
    return facts
  }
}
