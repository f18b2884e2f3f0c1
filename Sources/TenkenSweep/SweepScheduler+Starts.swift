internal import TenkenModel

/// Who starts next, who waits where, and who is sent on.
extension SweepScheduler {
  mutating func startNext() -> Start? {
    while let site = rotation.popFirst() {
      map.sites[site].place = .nowhere
      let queue = map.sites[site]
      // Whether a gateway can be passed again is better found out by who speaks to most of its site.
      let hasProbe = queue.path.contains { map.passages[$0].breaker?.state == .halfOpen }
      let openSSHIsOpen = map.passages[map.openSSH].isOpen && !hasProbe
      guard let client = queue.nextClient(openSSHIsOpen: openSSHIsOpen) else { continue }
      let path = way(from: site, over: client)
      if let shut = path.first(where: { !map.passages[$0].isOpen }) {
        map.sites[site].place = .waiting(passage: shut)
        map.passages[shut].keepWaiting(site)
      } else if let terminal = map.sites[site].popFirst(for: client) {
        return start(terminal, at: site, along: path, over: client)
      }
    }
    return nil
  }

  private mutating func start(_ terminal: Int, at site: Int, along path: [Int], over client: SSHClient) -> Start? {
    var isProbe = false
    for passage in path {
      map.passages[passage].letIn()
      if map.passages[passage].breaker?.admit(terminal) == true { isProbe = true }
    }
    map.sites[site].turn = turns
    turns += 1
    rotate(site)
    inFlight += 1
    attempts[terminal] += 1
    let tries = attempts[terminal] - (takenOver.contains(terminal) ? 1 : 0)
    return plan.dispositions[terminal].set.map { set in
      Start(
        terminal: terminal, attempt: attempts[terminal], set: set, client: client,
        isLastTry: tries > plan.limits.retries, isProbe: isProbe,
        isFallback: client == .openSSH && map.sites[site].client == .builtIn)
    }
  }

  mutating func enqueue(_ terminal: Int) {
    let site = map.siteOf[terminal]
    map.sites[site].append(terminal, for: client(of: terminal))
    // One that waits for ssh(1) may have got something that needs none.
    if map.sites[site].place != .inRotation { rotate(site) }
  }

  /// Gives back every slot that the terminal held.
  mutating func release(_ terminal: Int) {
    inFlight -= 1
    for passage in way(of: terminal) {
      map.passages[passage].letOut()
      sendOn(from: passage)
    }
  }

  /// Whoever waits at a passage that is open now takes its turn again.
  mutating func sendOn(from passage: Int) {
    guard map.passages[passage].isOpen else { return }
    for site in map.passages[passage].takeWaiting() where map.sites[site].place == .waiting(passage: passage) {
      rotate(site)
    }
  }

  func client(of terminal: Int) -> SSHClient {
    takenOver.contains(terminal) ? .openSSH : map.sites[map.siteOf[terminal]].client
  }

  func way(of terminal: Int) -> [Int] { way(from: map.siteOf[terminal], over: client(of: terminal)) }

  private func way(from site: Int, over client: SSHClient) -> [Int] {
    map.sites[site].path + (client == .openSSH ? [map.openSSH] : [])
  }

  private mutating func rotate(_ site: Int) {
    map.sites[site].place = .inRotation
    rotation.insert(site, rank: map.sites[site].turn)
  }
}
