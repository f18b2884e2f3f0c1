package import TenkenModel

/// Too many terminals ended in one way.
package struct LimitCrossing: Sendable, Hashable {
  package let outcome: Outcome
  package let ended: Int
  package let contacted: Int
  /// `more than 20%`.
  package let limit: String

  /// `auth-failed on 21 of 84 terminals contacted, more than 20%`.
  package var text: String {
    "\(outcome.rawValue) on \(ended.grouped) of \(contacted.grouped) terminals contacted, \(limit)"
  }
}
