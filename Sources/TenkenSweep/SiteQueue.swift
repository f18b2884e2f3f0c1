/// What is to be done at one site, and how much of it at once.
struct SiteQueue: Sendable {
  let ceiling: Int
  /// Terminals that may be contacted now; one that failed comes back behind those that were never tried.
  private var ready = FIFO<Int>()
  private var inFlight = 0
  /// Whether the site stands in the scheduler's rotation already; it may stand there once.
  private var isInRotation = false

  init(ceiling: Int) { self.ceiling = ceiling }

  private var mayStart: Bool { !ready.isEmpty && inFlight < ceiling }

  mutating func append(_ terminal: Int) { ready.append(terminal) }

  mutating func start() -> Int? {
    isInRotation = false
    guard mayStart, let terminal = ready.popFirst() else { return nil }
    inFlight += 1
    return terminal
  }

  mutating func release() { inFlight -= 1 }

  /// True once each time the site comes to have something that may start.
  mutating func entersRotation() -> Bool {
    guard mayStart, !isInRotation else { return false }
    isInRotation = true
    return true
  }
}
