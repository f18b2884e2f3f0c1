internal import Foundation
internal import GRDB

/// The rows of outputs that were stored lately, by digest: how an output that thousands of terminals give is stored
/// once.
///
/// Two generations, each of bounded size: what is asked for moves to the young one, and when that is full the old one
/// is forgotten. What many terminals say stays, whatever comes between; what one terminal says is forgotten soon, and
/// would be stored again. A unique index would be exact, but digests are random: every commit would touch every page of
/// it, and the bytes written would grow with the square of the fleet.
struct KnownOutputs: Sendable {
  static let limit = 8192

  private var young: [[UInt8]: Int64] = [:]
  private var old: [[UInt8]: Int64] = [:]

  var count: Int { young.count + old.count }

  init() {}

  /// For a sweep that goes on: what many say was said early.
  init(_ db: Database) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT digest, id FROM blob ORDER BY id LIMIT \(Self.limit)")
    while let row = try rows.next() { remember(try row.bytes(0), row: try row.integer(1)) }
  }

  mutating func row(of digest: [UInt8]) -> Int64? {
    if let row = young[digest] { return row }
    guard let row = old[digest] else { return nil }
    remember(digest, row: row)
    return row
  }

  mutating func remember(_ digest: [UInt8], row: Int64) {
    if young.count >= Self.limit { (old, young) = (young, [:]) }
    young[digest] = row
  }
}
