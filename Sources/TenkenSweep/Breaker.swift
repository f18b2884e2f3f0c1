/// Stops contacts that would all fail for a cause that they share, and finds out with one of them at a time whether it
/// has gone. A value without a clock: whoever asks says what time it is.
///
/// - *closed*: everybody passes. A first failure opens it, or the last of so many in a row.
/// - *open*: nobody passes until a wait is over, each longer than the one before.
/// - *half open*: the wait is over, or the cause was there when the sweep was interrupted; the next one passes.
/// - *probing*: that one is on its way. When it gets past, the breaker is closed at once; when it fails, it is open
///   again. Who had passed before it opened changes nothing any more.
/// - *given up*: so many probes in a row failed that nobody passes any more.
package struct Breaker: Sendable, Hashable {
  package enum State: Sendable, Hashable {
    case closed
    case open(until: Duration)
    case halfOpen
    case probing(terminal: Int)
    case givenUp
  }

  package private(set) var state: State
  /// Probes in a row that may fail.
  private let patience: Int
  private let backoff: Backoff
  private let seed: UInt64
  private let number: Int
  /// In a row, the one that opened it among them.
  private var failures: Int
  /// Failures in a row while it was closed.
  private var strikes = 0

  /// - Parameters:
  ///   - patience: how many probes in a row may fail before it gives up; at least 1.
  ///   - number: of this breaker among all that share a seed, so that what opened together is not probed together.
  ///   - isInDoubt: whether the cause was there when the sweep was interrupted: begins with a probe.
  package init(patience: Int, backoff: Backoff, seed: UInt64, number: Int, isInDoubt: Bool = false) {
    self.patience = max(1, patience)
    self.backoff = backoff
    self.seed = seed
    self.number = number
    state = isInDoubt ? .halfOpen : .closed
    failures = isInDoubt ? 1 : 0
  }

  package var admits: Bool {
    switch state {
    case .closed, .halfOpen: true
    case .open, .probing, .givenUp: false
    }
  }

  /// This one passes; said only where `admits`. True where it is the probe.
  package mutating func admit(_ terminal: Int) -> Bool {
    guard case .halfOpen = state else { return false }
    state = .probing(terminal: terminal)
    return true
  }

  /// This one got past what is guarded. True where that closes the breaker.
  package mutating func gotPast(_ terminal: Int) -> Bool {
    guard state == .probing(terminal: terminal) else { return false }
    state = .closed
    failures = 0
    return true
  }

  /// Somebody got past, whoever it was, and the cause has gone with that. True where it closes the breaker.
  package mutating func answered() -> Bool {
    strikes = 0
    switch state {
    case .closed, .givenUp: return false
    case .open, .halfOpen, .probing:
      state = .closed
      failures = 0
      return true
    }
  }

  /// This one failed for the shared cause. True where that changes the state.
  ///
  /// - Parameters:
  ///   - mayPass: whether the cause may go away by itself. One that does not is not probed.
  ///   - tolerance: how many must have failed in a row to open it.
  package mutating func failed(_ terminal: Int, mayPass: Bool, tolerance: Int = 1, at now: Duration) -> Bool {
    if case .closed = state, mayPass {
      strikes += 1
      guard strikes >= tolerance else { return false }
      strikes = 0
    }
    switch state {
    case .givenUp: return false
    case _ where !mayPass: state = .givenUp
    case .open, .halfOpen: return false
    case .probing(let probe) where probe != terminal: return false
    case .closed, .probing:
      failures += 1
      state =
        failures > patience
        ? .givenUp : .open(until: now + backoff.delay(after: failures, terminal: number, seed: seed))
    }
    return true
  }

  /// This one came back without having found out anything: somebody else may.
  package mutating func learntNothing(_ terminal: Int) -> Bool {
    guard state == .probing(terminal: terminal) else { return false }
    state = .halfOpen
    return true
  }

  /// True where the wait is over by now.
  package mutating func wake(at now: Duration) -> Bool {
    guard case .open(let due) = state, due <= now else { return false }
    state = .halfOpen
    return true
  }
}
