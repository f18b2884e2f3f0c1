/// The rows of outputs that were stored lately, by digest: what thousands of terminals say alike is looked up here and
/// not in the database. A shortcut of bounded size, never the authority: that is the unique index of `blob`.
struct KnownOutputs: Sendable {
  private static let limit = 8192

  private var rows: [[UInt8]: Int64] = [:]

  subscript(digest: [UInt8]) -> Int64? { rows[digest] }

  mutating func remember(_ digest: [UInt8], row: Int64) {
    if rows.count >= Self.limit { rows.removeAll(keepingCapacity: true) }
    rows[digest] = row
  }
}
