package import TenkenModel

/// What happened, as whoever runs the sweep tells it.
extension SweepScheduler {
  /// What follows an attempt that was recorded.
  package enum Sequel: Sendable, Hashable {
    /// Nothing: it was the final one.
    case end
    /// Another one, after a while.
    case retry
    /// Another one over the system's ssh, at once and beside the retries.
    case openSSH
  }

  /// An attempt was recorded durably: its slots are free again.
  ///
  /// - Parameters:
  ///   - isSlow: whether it held its slots until a deadline passed: what follows is for the late queue.
  ///   - bytes: to and from the terminal, where that is known.
  ///   - gotPast: false where the client that a terminal fell back to could not pass a gateway. The site's own may well:
  ///     whether that can be passed is not known then.
  package mutating func recorded(
    _ terminal: Int, _ sequel: Sequel, outcome: Outcome = .inspected, isSlow: Bool = false, bytes: Int? = nil,
    gotPast: Bool = true, at now: Duration
  ) {
    let site = map.siteOf[terminal]
    learn(from: terminal, outcome, gotPast: gotPast, at: now)
    sites[site].pacer.settle(terminal, bytes: bytes)
    release(terminal)
    ended += 1
    if isSlow { slow.insert(terminal) }
    switch sequel {
    case .end:
      slow.remove(terminal)
      unfinished -= 1
      sites[site].unfinished -= 1
      if !sites[site].isStopped { attainable -= 1 }
      count(outcome, at: site)
    case .retry:
      sites[site].retries -= 1
      let delay = backoff.delay(after: attempts[terminal], terminal: terminal, seed: seed)
      retries.insert(terminal, rank: now + delay)
    case .openSSH:
      takenOver.insert(terminal)
      enqueue(terminal)
    }
  }

  /// A contact has a session: whatever becomes of it, its gateways can be passed, and its site answers.
  package mutating func gotPast(_ terminal: Int) {
    for passage in sites[map.siteOf[terminal]].path { gotPast(terminal, passage) }
  }

  /// A contact came no further than a gateway on its way: the terminal itself was not contacted. That was no attempt,
  /// and it is ready again.
  ///
  /// - Parameter mayPass: whether the gateway may be passed later in this run.
  package mutating func turnedBack(_ terminal: Int, at gateway: ID<Gateway>, mayPass: Bool, now: Duration) {
    let site = map.siteOf[terminal]
    attempts[terminal] -= 1
    if attempts[terminal] == 0 { countContacted(at: site, -1) }
    learntNothing(terminal, site)
    var isBeyond = false
    for passage in sites[site].path.dropFirst() {
      if passage == map.passage(of: gateway) {
        failed(terminal, passage, mayPass: mayPass, at: now)
        isBeyond = true
      } else if isBeyond {
        learntNothing(terminal, passage)
      } else {
        gotPast(terminal, passage)
      }
    }
    sites[site].pacer.settle(terminal, bytes: nil)
    release(terminal)
    enqueue(terminal)
  }

  /// An attempt was cancelled before it was recorded: it has not happened, and a resume makes it. Said after `cancel`
  /// or `stop` only; a sweep that goes on would not start it again.
  package mutating func abandoned(_ terminal: Int) { release(terminal) }

  /// Nothing new starts from now on. False, and nothing changes, where the sweep drains or stops already.
  package mutating func drain(at now: Duration, deadline: Duration) -> Bool {
    guard case .running = mode else { return false }
    mode = .draining(until: now + deadline)
    return true
  }

  /// Nothing new starts from now on, and whoever calls this cancels all that is in flight. After `cancel` there is
  /// nothing left to stop: the drain stays a drain.
  package mutating func stop() {
    if case .overdue = mode { return }
    mode = .stopped
  }
}
