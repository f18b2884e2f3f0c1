internal import TenkenModel

/// What is to be done at one site.
struct SiteQueue: Sendable {
  /// Where the site stands while something of it is ready.
  enum Place: Sendable, Hashable {
    case nowhere, inRotation
    case waiting(passage: Int)
  }

  /// What each of its contacts takes a slot of, in the order in which it is passed: the site, then its gateways.
  let path: [Int]
  /// Who speaks to its terminals.
  let client: SSHClient
  var place = Place.nowhere
  /// The site whose turn is the least is served first; each start gives it a new one.
  var turn: Int
  /// Terminals without their final attempt.
  var unfinished = 0
  /// Whether nothing starts here any more in this run.
  var isGivenUp = false
  /// Terminals that may be contacted now; one that failed comes back behind those that were never tried.
  private var ready = FIFO<Int>()
  private var readyForOpenSSH = FIFO<Int>()

  init(path: [Int], client: SSHClient, turn: Int) {
    self.path = path
    self.client = client
    self.turn = turn
  }

  mutating func append(_ terminal: Int, for client: SSHClient) {
    switch client {
    case .builtIn: ready.append(terminal)
    case .openSSH: readyForOpenSSH.append(terminal)
    }
  }

  /// Who speaks to the next terminal: first whoever waits for the system's ssh, where that has room. `nil` where
  /// nothing is ready.
  func nextClient(openSSHIsOpen: Bool) -> SSHClient? {
    if openSSHIsOpen || ready.isEmpty { return readyForOpenSSH.isEmpty ? (ready.isEmpty ? nil : .builtIn) : .openSSH }
    return .builtIn
  }

  mutating func popFirst(for client: SSHClient) -> Int? {
    switch client {
    case .builtIn: ready.popFirst()
    case .openSSH: readyForOpenSSH.popFirst()
    }
  }
}
