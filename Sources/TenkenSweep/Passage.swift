/// What contacts share on their way and what bears only so many of them at once: a site, a gateway, the system's
/// ssh(1).
struct Passage: Sendable {
  let ceiling: Int
  /// `nil` where nothing of its own can fail.
  var breaker: Breaker?
  private(set) var inFlight = 0
  /// Sites that wait for it. One that is open has none waiting: whoever opens it sends them on.
  private var waiting: [Int] = []

  init(ceiling: Int, breaker: Breaker? = nil) {
    self.ceiling = max(1, ceiling)
    self.breaker = breaker
  }

  var isOpen: Bool { inFlight < ceiling && breaker?.admits != false }

  mutating func letIn() { inFlight += 1 }
  mutating func letOut() { inFlight -= 1 }
  mutating func keepWaiting(_ site: Int) { waiting.append(site) }

  mutating func takeWaiting() -> [Int] {
    defer { waiting = [] }
    return waiting
  }
}
