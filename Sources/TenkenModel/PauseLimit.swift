/// How many terminals may end in one way before what they belong to is paused.
package struct PauseLimit: Sendable, Hashable, Codable {
  /// Terminals that must have ended so before their share says anything.
  package static let leastEnded = 10

  /// More terminals than this are too many; `nil`: any number will do.
  package let count: Int?
  /// More of the terminals contacted so far than this per cent are too many; `nil`: any share will do.
  package let percent: Int?

  package init(count: Int? = nil, percent: Int? = nil) {
    self.count = count
    self.percent = percent
  }

  /// Whether it is crossed, and by what: `more than 20%`, `more than 50`; `nil` where it holds.
  ///
  /// - Parameters:
  ///   - ended: terminals that ended so.
  ///   - contacted: terminals contacted so far, those in flight included. Against the outcomes alone, whatever fails fast
  ///     would weigh more than what takes its time.
  package func crossing(ended: Int, contacted: Int) -> String? {
    if let count, ended > count { return "more than \(count)" }
    if let percent, ended >= Self.leastEnded, ended * 100 > percent * contacted {
      return "more than \(percent)%"
    }
    return nil
  }
}
