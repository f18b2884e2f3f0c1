internal import TenkenModel

/// Folds what terminals told of their connections and logins into flows, in any order and one terminal at a time.
///
/// Only what the terminals sent is known, and each could have made it up: a flow is held against the one that told of
/// it, never against the other end alone.
struct FlowFold {
  struct Socket {
    let observer: Int
    let row: SocketRow
    let far: FlowEnd
    let time: Timestamp
  }

  struct Login {
    let observer: Int
    let row: LoginRow
    let far: FlowEnd
  }

  /// One of the company's addresses that no inventory lists, and who talked with it.
  struct Stranger {
    var seenBy: Set<Int> = []
    var last = Timestamp(milliseconds: 0)
  }

  let inventory: Inventory
  let policy: FlowPolicy?
  /// Ids of the checks that tell of each fact.
  private let tellers: [String: Set<ID<Check>>]
  private var book: AddressBook
  private(set) var ears = FlowEars()
  /// With an end at another site or zone.
  private(set) var sockets: [Socket] = []
  private(set) var logins: [Login] = []
  private(set) var strangers: [FlowEnd: Stranger] = [:]
  private(set) var heardSockets: Set<Int> = []
  private(set) var heardLogins: Set<Int> = []
  /// Those that the policy does not speak of.
  private(set) var abroad: [(observer: Int, far: FlowEnd, isOutbound: Bool, time: Timestamp)] = []
  private(set) var inside = 0

  /// - Parameter checks: those of the sweep.
  init(inventory: Inventory, checks: [Check]) {
    self.inventory = inventory
    policy = inventory.flows
    book = AddressBook(inventory)
    var tellers: [String: Set<ID<Check>>] = [:]
    for check in checks {
      for fact in check.facts { tellers[fact.name, default: []].insert(check.id) }
    }
    self.tellers = tellers
  }

  /// Whether a check of the sweep tells of connections or logins at all.
  var isAsked: Bool { tellers[SocketRow.fact] != nil || tellers[LoginRow.fact] != nil }

  /// Takes what a terminal told: in its last attempt, and before that what the last one did not tell. Who drops the line
  /// before the next attempt has talked all the same.
  mutating func add(_ record: TerminalRecord, of terminal: Int) {
    for attempt in record.earlierAnswers { add(attempt, of: terminal) }
    if let last = record.last { add(last, of: terminal) }
  }

  mutating func add(_ attempt: Attempt, of terminal: Int) {
    guard isAsked else { return }
    let site = inventory.terminals[terminal].site
    for observation in attempt.observations where observation.result.isDefinite {
      if tells(observation, SocketRow.fact) {
        heardSockets.insert(terminal)
        ears.hear(terminal, at: attempt.ended)
        var told: Set<SocketRow> = []
        for row in rows(of: observation, SocketRow.fact).compactMap(SocketRow.init) where told.insert(row).inserted {
          add(row, seenBy: terminal, of: site, at: attempt.ended)
        }
      }
      if tells(observation, LoginRow.fact) {
        heardLogins.insert(terminal)
        for row in rows(of: observation, LoginRow.fact).compactMap(LoginRow.init) {
          add(row, seenBy: terminal, of: site)
        }
      }
      for door in rows(of: observation, "net.listen") where door.count > 2 {
        ears.open(terminal, protocol: door[0], port: door[2])
      }
    }
  }

  private func tells(_ observation: Observation, _ fact: String) -> Bool {
    tellers[fact]?.contains(observation.check) == true && observation.result != .notApplicable
  }

  private func rows(of observation: Observation, _ fact: String) -> [[String]] {
    observation.facts.lazy.filter { $0.name == fact }.map(\.values)
  }

  private mutating func add(_ row: SocketRow, seenBy terminal: Int, of site: ID<Site>, at time: Timestamp) {
    guard row.remote.reach != .special, row.remote != row.local else { return }
    let far = book.end(row.remote, seenFrom: site)
    let socket = Socket(observer: terminal, row: row, far: far, time: time)
    ears.note(socket)
    meet(far, address: row.remote, by: terminal, at: time)
    if far.zone == .site(site) {
      inside += 1
    } else if far.zone == .internet, policy?.namesInternet != true {
      abroad.append((terminal, far, row.direction != .inbound, time))
    } else {
      sockets.append(socket)
    }
  }

  private mutating func add(_ row: LoginRow, seenBy terminal: Int, of site: ID<Site>) {
    guard let address = IPAddress(row.source)?.destination else {
      let far = FlowEnd(zone: .unresolved, address: row.source, terminal: nil)
      return logins.append(Login(observer: terminal, row: row, far: far))
    }
    guard address.reach != .special else { return }
    let far = book.end(address, seenFrom: site)
    if far.terminal == terminal { return }
    meet(far, address: address, by: terminal, at: row.last)
    if far.zone == .site(site) {
      inside += 1
    } else if far.zone == .internet, policy?.namesInternet != true {
      abroad.append((terminal, far, false, row.last))
    } else {
      logins.append(Login(observer: terminal, row: row, far: far))
    }
  }

  /// Keeps an address of the company's that nobody listed.
  private mutating func meet(_ far: FlowEnd, address: IPAddress, by terminal: Int, at time: Timestamp) {
    guard far.terminal == nil, !book.isKnown(address, in: far.zone) else { return }
    switch far.zone {
    case .site, .unassociated, .ambiguous: break
    case .named, .internet, .unresolved: return
    }
    strangers[far, default: Stranger()].seenBy.insert(terminal)
    strangers[far, default: Stranger()].last = max(strangers[far]?.last ?? time, time)
  }
}
