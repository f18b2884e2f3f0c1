/// The soundness of a site or of the group: the worst case over its terminals, never a mean.
package enum Soundness: String, Sendable, Codable, CaseIterable, Comparable {
  case sound, observations, undetermined, unsound, suspect
  /// Nothing was inspected: there is nothing to rate. Ranks with `undetermined` when sites are merged.
  case noRating = "no-rating"

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .sound: 0
    case .observations: 1
    case .undetermined, .noRating: 2
    case .unsound: 3
    case .suspect: 4
    }
  }
}
