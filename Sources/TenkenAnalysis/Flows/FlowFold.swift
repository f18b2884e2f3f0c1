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
    let zone: FlowZone
    var seenBy: Set<Int> = []
    var last: Timestamp
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
  private(set) var strangers: [String: Stranger] = [:]
  /// Terminals that told of connections or logins.
  private(set) var heard: Set<Int> = []
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

  /// Takes what a terminal told in its last attempt.
  mutating func add(_ attempt: Attempt?, of terminal: Int) {
    guard let attempt, isAsked else { return }
    let site = inventory.terminals[terminal].site
    for observation in attempt.observations where observation.result.isDefinite {
      if tells(observation, SocketRow.fact) {
        heard.insert(terminal)
        ears.hear(terminal, at: attempt.ended)
        for row in Set(rows(of: observation, SocketRow.fact).compactMap(SocketRow.init)) {
          add(row, seenBy: terminal, of: site, at: attempt.ended)
        }
      }
      if tells(observation, LoginRow.fact) {
        heard.insert(terminal)
        for row in rows(of: observation, LoginRow.fact).compactMap(LoginRow.init) {
          add(row, seenBy: terminal, of: site)
        }
      }
      for door in rows(of: observation, "net.listen") where door.count > 2 {
        ears.open(terminal, layer: door[0], port: door[2])
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
    guard far.terminal == nil, !book.isGateway(address) else { return }
    switch far.zone {
    case .site, .unassociated, .ambiguous: break
    case .named, .internet, .unresolved: return
    }
    var stranger = strangers[far.address] ?? Stranger(zone: far.zone, last: time)
    stranger.seenBy.insert(terminal)
    stranger.last = max(stranger.last, time)
    strangers[far.address] = stranger
  }
}
