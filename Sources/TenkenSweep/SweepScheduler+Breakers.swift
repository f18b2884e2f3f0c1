internal import TenkenModel

/// What contacts say of what they share on their way.
extension SweepScheduler {
  /// Terminals of one site whose first contacts must fail in a row before it is taken for silent; more where more are in
  /// flight there, since what fails does so sooner than what answers.
  private static let leastStrikes = 20

  /// What an attempt that was recorded says of the way to its terminal.
  mutating func learn(from terminal: Int, _ outcome: Outcome, gotPast: Bool, at now: Duration) {
    let path = sites[map.siteOf[terminal]].path
    guard gotPast else { return path.forEach { learntNothing(terminal, $0) } }
    path.dropFirst().forEach { self.gotPast(terminal, $0) }
    switch outcome {
    case .unreachable, .timedOut: failed(terminal, path[0], mayPass: true, at: now)
    // It had answered once, and then the link died: that is no news of the site either way.
    case .partial: learntNothing(terminal, path[0])
    default: self.gotPast(terminal, path[0])
    }
  }

  mutating func gotPast(_ terminal: Int, _ passage: Int) {
    // Of a site any answer will do. That somebody came through a gateway may only mean that he did so before it failed.
    let closes =
      passage < sites.count
      ? map.passages[passage].breaker?.answered() : map.passages[passage].breaker?.gotPast(terminal)
    guard closes == true else { return }
    note(passage, .released)
    sendOn(from: passage)
  }

  mutating func learntNothing(_ terminal: Int, _ passage: Int) {
    if map.passages[passage].breaker?.learntNothing(terminal) == true { sendOn(from: passage) }
  }

  mutating func failed(_ terminal: Int, _ passage: Int, mayPass: Bool, at now: Duration) {
    let isSite = passage < sites.count
    let tolerance = isSite ? max(Self.leastStrikes, map.passages[passage].inFlight) : 1
    // Who fails again is no news of the site; at the end nobody else is left.
    if isSite, map.passages[passage].breaker?.state == .closed,
      attempts[terminal] > plan.dispositions[terminal].attempts + 1
    {
      return
    }
    guard
      map.passages[passage].breaker?.failed(terminal, mayPass: mayPass, tolerance: tolerance, at: now) == true
    else { return }
    switch map.passages[passage].breaker?.state {
    case .open(let due):
      probes.insert(passage, rank: due)
      note(passage, .held(until: due))
    case .givenUp:
      note(passage, .givenUp)
      map.behind[passage].forEach { stopContacts(at: $0) }
    case .closed, .halfOpen, .probing, nil: break
    }
  }

  /// Nothing starts at this site any more in this run.
  mutating func stopContacts(at site: Int) {
    guard !sites[site].isStopped else { return }
    sites[site].isStopped = true
    attainable -= sites[site].unfinished
    tally.subtract(sites[site].tally)
  }
}
