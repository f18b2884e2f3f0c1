/// What contacts share on their way and what bears only so many of them at once: a site, a gateway, the system's
/// ssh(1), a tag.
struct Passage: Sendable {
  let ceiling: Int
  /// `nil` where nothing of its own can fail.
  var breaker: Breaker?
  private(set) var inFlight = 0
  /// Who waits for it, by whose turn it is. Where it is open and somebody waits, one of them has been sent on and is
  /// still to be heard of.
  private var waiting = PriorityQueue<Int>()

  init(ceiling: Int, breaker: Breaker? = nil) {
    self.ceiling = max(1, ceiling)
    self.breaker = breaker
  }

  var isOpen: Bool { inFlight < ceiling && breaker?.admits != false }

  mutating func letIn() { inFlight += 1 }
  mutating func letOut() { inFlight -= 1 }
  mutating func keepWaiting(_ number: Int, turn: Int) { waiting.insert(number, rank: turn) }
  mutating func takeWaiting() -> Int? { waiting.popFirst() }
}
