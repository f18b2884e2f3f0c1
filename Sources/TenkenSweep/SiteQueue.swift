/// What is ready at one site: those that were never tried and those that failed fast, or those that were slow.
struct SiteQueue: Sendable {
  /// Where it stands while something of it is ready.
  enum Place: Sendable, Hashable {
    /// Nothing is ready, or the site takes nobody now.
    case nowhere
    case inRotation
    /// At a passage.
    case waiting
    /// For the site's pace.
    case paced
  }

  let site: Int
  /// Whether it is the site's late one: it is served when no other of any site can be.
  let isLate: Bool
  var place = Place.nowhere
  /// The queue whose turn is the least is served first; each start gives it a new one.
  var turn: Int
  /// Those with somebody ready that wait for nothing of their own.
  var lanes = PriorityQueue<Int>()

  var rank: Int { isLate ? turn + Int.max / 2 : turn }
}
