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
  /// - Parameter gotPast: false where the client that a terminal fell back to could not pass a gateway. The site's own
  ///   may well: whether that can be passed is not known then.
  package mutating func recorded(_ terminal: Int, _ sequel: Sequel, gotPast: Bool = true, at now: Duration) {
    if gotPast { self.gotPast(terminal) } else { way(of: terminal).forEach { learntNothing(terminal, $0) } }
    release(terminal)
    switch sequel {
    case .end:
      let site = map.siteOf[terminal]
      unfinished -= 1
      map.sites[site].unfinished -= 1
      if !map.sites[site].isGivenUp { attainable -= 1 }
    case .retry:
      let delay = backoff.delay(after: attempts[terminal], terminal: terminal, seed: seed)
      retries.insert(terminal, rank: now + delay)
    case .openSSH:
      takenOver.insert(terminal)
      enqueue(terminal)
    }
  }

  /// A contact has a session: whatever becomes of it, its gateways can be passed.
  package mutating func gotPast(_ terminal: Int) {
    for passage in way(of: terminal) { gotPast(terminal, passage) }
  }

  /// A contact came no further than a gateway on its way: the terminal itself was not contacted. That was no attempt,
  /// and it is ready again.
  ///
  /// - Parameter mayPass: whether the gateway may be passed later in this run.
  package mutating func turnedBack(_ terminal: Int, at gateway: ID<Gateway>, mayPass: Bool, now: Duration) {
    let site = map.siteOf[terminal]
    attempts[terminal] -= 1
    var isBeyond = false
    for passage in map.sites[site].path {
      if passage == map.passage(of: gateway) {
        failed(terminal, passage, mayPass: mayPass, at: now)
        isBeyond = true
      } else if isBeyond {
        learntNothing(terminal, passage)
      } else {
        gotPast(terminal, passage)
      }
    }
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

  private mutating func gotPast(_ terminal: Int, _ passage: Int) {
    guard map.passages[passage].breaker?.gotPast(terminal) == true else { return }
    note(passage, .released)
    sendOn(from: passage)
  }

  private mutating func learntNothing(_ terminal: Int, _ passage: Int) {
    if map.passages[passage].breaker?.learntNothing(terminal) == true { sendOn(from: passage) }
  }

  private mutating func failed(_ terminal: Int, _ passage: Int, mayPass: Bool, at now: Duration) {
    guard map.passages[passage].breaker?.failed(terminal, mayPass: mayPass, at: now) == true else { return }
    switch map.passages[passage].breaker?.state {
    case .open(let due):
      probes.insert(passage, rank: due)
      note(passage, .held(until: due))
    case .givenUp: giveUp(passage)
    case .closed, .halfOpen, .probing, nil: break
    }
  }

  private mutating func giveUp(_ passage: Int) {
    note(passage, .givenUp)
    for site in map.behind[passage] where !map.sites[site].isGivenUp {
      map.sites[site].isGivenUp = true
      attainable -= map.sites[site].unfinished
    }
  }
}
