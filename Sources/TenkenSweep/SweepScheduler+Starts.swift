internal import TenkenModel

/// Who starts next, who waits where, and who is sent on.
extension SweepScheduler {
  mutating func startNext(at now: Duration) -> Start? {
    while let queue = rotation.popFirst() {
      queues[queue].place = .nowhere
      let site = queues[queue].site
      if !sites[site].takesContacts {
        passOnAll(of: queue)
      } else if let due = sites[site].pacer.due(after: now) {
        queues[queue].place = .paced
        paced.insert(queue, rank: due)
        passOnAll(of: queue)
      } else if let shut = sites[site].path.first(where: { !map.passages[$0].isOpen }) {
        queues[queue].place = .waiting
        map.passages[shut].keepWaiting(queue, turn: queues[queue].rank)
        passOnAll(of: queue)
      } else if let lane = takeLane(of: queue), let start = start(lane, of: queue, at: now) {
        return start
      } else {
        sites[site].path.forEach { sendOn(from: $0) }
      }
    }
    return nil
  }

  /// The lane whose turn it is among those that may go; the others wait where they must.
  private mutating func takeLane(of queue: Int) -> Int? {
    let (path, client) = (sites[queues[queue].site].path, sites[queues[queue].site].client)
    // Whether a passage is open again is better found out by who speaks to most of its site.
    let hasProbe = path.contains { map.passages[$0].breaker?.state == .halfOpen }
    var skipped: [Int] = []
    defer { for lane in skipped { queues[queue].lanes.insert(lane, rank: lanes[lane].rank) } }
    while let lane = queues[queue].lanes.popFirst() {
      if hasProbe, lanes[lane].key.client != client {
        skipped.append(lane)
      } else if isFree(lane) {
        return lane
      }
    }
    while !skipped.isEmpty {
      let lane = skipped.removeFirst()
      if isFree(lane) { return lane }
    }
    return nil
  }

  /// Whether the lane's own passages are open; it waits at the first that is not.
  private mutating func isFree(_ lane: Int) -> Bool {
    guard let shut = lanes[lane].path.first(where: { !map.passages[$0].isOpen }) else { return true }
    lanes[lane].place = .waiting
    let isLate = queues[lanes[lane].key.queue].isLate
    map.passages[shut].keepWaiting(lane, turn: lanes[lane].turn + (isLate ? Int.max / 2 : 0))
    for passage in lanes[lane].path where passage != shut { sendOn(from: passage) }
    return false
  }

  private mutating func start(_ lane: Int, of queue: Int, at now: Duration) -> Start? {
    guard let terminal = lanes[lane].terminals.popFirst(), let set = plan.dispositions[terminal].set else { return nil }
    let site = queues[queue].site
    let way = sites[site].path + lanes[lane].path
    var isProbe = false
    for passage in way {
      map.passages[passage].letIn()
      if map.passages[passage].breaker?.admit(terminal) == true { isProbe = true }
    }
    lanes[lane].turn = turns
    lanes[lane].place = .nowhere
    queues[queue].turn = turns
    turns += 1
    putBack(lane, in: queue)
    rotate(queue)
    way.forEach { sendOn(from: $0) }
    inFlight += 1
    if attempts[terminal] == 0 { countContacted(at: site, 1) }
    attempts[terminal] += 1
    sites[site].pacer.admit(terminal, bringing: scriptBytes[set], at: now)
    return announced(terminal, set: set, over: lanes[lane].key.client, isProbe: isProbe)
  }

  private func announced(_ terminal: Int, set: Int, over client: SSHClient, isProbe: Bool) -> Start {
    let site = map.siteOf[terminal]
    let tries = attempts[terminal] - (takenOver.contains(terminal) ? 1 : 0)
    let isBroke = sites[site].retries <= 0
    return Start(
      terminal: terminal, attempt: attempts[terminal], set: set, client: client,
      isLastTry: isBroke || tries > plan.limits.retries,
      isLastIfSlow: isBroke || tries > (plan.limits.retries + 1) / 2, isProbe: isProbe,
      isFallback: client == .openSSH && sites[site].client == .builtIn)
  }

  mutating func enqueue(_ terminal: Int) {
    let site = map.siteOf[terminal]
    let queue = slow.contains(terminal) ? site + sites.count : site
    let lane = lane(of: terminal, in: queue)
    lanes[lane].terminals.append(terminal)
    putBack(lane, in: queue)
    rotate(queue)
  }

  private mutating func lane(of terminal: Int, in queue: Int) -> Int {
    let key = Lane.Key(queue: queue, client: client(of: terminal), tags: map.tagsOf[terminal])
    if let known = laneNumbers[key] { return known }
    lanes.append(Lane(key: key, path: wayBeyondSite(of: terminal), turn: queues[queue].turn))
    laneNumbers[key] = lanes.count - 1
    return lanes.count - 1
  }

  private mutating func putBack(_ lane: Int, in queue: Int) {
    guard lanes[lane].place == .nowhere, !lanes[lane].terminals.isEmpty else { return }
    lanes[lane].place = .ready
    queues[queue].lanes.insert(lane, rank: lanes[lane].rank)
  }

  /// Gives back every slot that the terminal held.
  mutating func release(_ terminal: Int) {
    inFlight -= 1
    let way = way(of: terminal)
    for passage in way { map.passages[passage].letOut() }
    way.forEach { sendOn(from: $0) }
  }

  /// Sends on one of those that wait at a passage, where that is open: whoever can go at once.
  mutating func sendOn(from passage: Int) {
    while map.passages[passage].isOpen, let number = map.passages[passage].takeWaiting() {
      if passage < map.openSSH {
        queues[number].place = .nowhere
        if rotate(number) { return }
      } else {
        lanes[number].place = .nowhere
        let queue = lanes[number].key.queue
        putBack(number, in: queue)
        if rotate(queue) || queues[queue].place == .inRotation { return }
      }
    }
  }

  /// Lets the queue take its turn, where it stands nowhere else and has something ready. True where it does.
  @discardableResult mutating func rotate(_ queue: Int) -> Bool {
    guard queues[queue].place == .nowhere, !queues[queue].lanes.isEmpty, sites[queues[queue].site].takesContacts else {
      return false
    }
    queues[queue].place = .inRotation
    rotation.insert(queue, rank: queues[queue].rank)
    return true
  }

  /// Others go instead of this queue, wherever it had been sent on from.
  private mutating func passOnAll(of queue: Int) {
    sites[queues[queue].site].path.forEach { sendOn(from: $0) }
    passOnLanes(of: queue)
  }

  private mutating func passOnLanes(of queue: Int) {
    for lane in queues[queue].lanes.numbers where !lanes[lane].path.isEmpty {
      lanes[lane].path.forEach { sendOn(from: $0) }
    }
  }

  func client(of terminal: Int) -> SSHClient {
    takenOver.contains(terminal) ? .openSSH : sites[map.siteOf[terminal]].client
  }

  /// Everything that a contact with this terminal takes a slot of.
  func way(of terminal: Int) -> [Int] { sites[map.siteOf[terminal]].path + wayBeyondSite(of: terminal) }

  private func wayBeyondSite(of terminal: Int) -> [Int] {
    (client(of: terminal) == .openSSH ? [map.openSSH] : []) + map.tagSets[map.tagsOf[terminal]]
  }
}
