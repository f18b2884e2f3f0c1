internal import TenkenModel

/// What each terminal could say of the connections that others told of: its own sockets and doors, and when it was
/// asked.
struct FlowEars {
  private struct Door: Hashable {
    let layer: FlowPolicy.Layer
    let port: UInt16
  }

  private struct Pair: Hashable {
    let observer: Int
    let other: Int
  }

  private struct Tuple: Hashable {
    /// Whose tables it is of: what others say of it is nothing to go by.
    let teller: Int
    let layer: FlowPolicy.Layer
    let local: IPAddress
    let localPort: UInt16?
    let remote: IPAddress
    let remotePort: UInt16?

    init(_ row: SocketRow, of teller: Int) {
      self.teller = teller
      (layer, local, localPort, remote, remotePort) = (row.layer, row.local, row.localPort, row.remote, row.remotePort)
    }

    init(mirroring row: SocketRow, of teller: Int) {
      self.teller = teller
      (layer, local, localPort, remote, remotePort) = (row.layer, row.remote, row.remotePort, row.local, row.localPort)
    }
  }

  private struct Ends: Hashable {
    var local: Set<Door> = []
    var remote: Set<Door> = []
  }

  /// Two inspections further apart say nothing of each other's connections.
  static let longestInterval = Duration.seconds(600)

  private var times: [Int: Timestamp] = [:]
  private var doors: [Int: Set<Door>] = [:]
  private var directions: [Tuple: SocketRow.Direction] = [:]
  private var pairs: [Pair: Ends] = [:]
  /// Ports of connections with addresses that no terminal has: behind one of them may be anybody, translated.
  private var strange: [Int: Ends] = [:]
  /// Those that left ports out, having too many connections to tell.
  private var folded: Set<Int> = []

  mutating func hear(_ terminal: Int, at time: Timestamp) { times[terminal] = time }

  /// - Parameter protocol: `tcp`, or `tcp6` of what listens on IPv6 (and most often on both).
  mutating func open(_ terminal: Int, protocol: String, port: String) {
    let name = `protocol`.hasSuffix("6") ? String(`protocol`.dropLast()) : `protocol`
    guard let layer = FlowPolicy.Layer(rawValue: name), let port = UInt16(port) else { return }
    doors[terminal, default: []].insert(Door(layer: layer, port: port))
  }

  mutating func note(_ socket: FlowFold.Socket) {
    let row = socket.row
    if row.localPort == nil || row.remotePort == nil { folded.insert(socket.observer) }
    if row.direction != .unknown, socket.far.terminal != nil {
      // Who contradicts himself says nothing.
      let tuple = Tuple(row, of: socket.observer)
      let known = directions[tuple] ?? row.direction
      directions[tuple] = known == row.direction ? known : .unknown
    }
    let (local, remote) = (
      row.localPort.map { [Door(layer: row.layer, port: $0)] } ?? [],
      row.remotePort.map { [Door(layer: row.layer, port: $0)] } ?? []
    )
    if let other = socket.far.terminal {
      let pair = Pair(observer: socket.observer, other: other)
      pairs[pair, default: Ends()].local.formUnion(local)
      pairs[pair, default: Ends()].remote.formUnion(remote)
    } else {
      strange[socket.observer, default: Ends()].local.formUnion(local)
      strange[socket.observer, default: Ends()].remote.formUnion(remote)
    }
  }

  /// By the terminal itself, else by the one at the other end: by the same connection as it has it, or because it
  /// listens on the port.
  func direction(of socket: FlowFold.Socket) -> SocketRow.Direction {
    let row = socket.row
    if row.direction != .unknown { return row.direction }
    guard let other = socket.far.terminal else { return .unknown }
    switch directions[Tuple(mirroring: row, of: other)] {
    case .inbound: return .outbound
    case .outbound: return .inbound
    case .unknown, nil: break
    }
    guard let port = row.remotePort else { return .unknown }
    return doors[other]?.contains(Door(layer: row.layer, port: port)) == true ? .outbound : .unknown
  }

  /// What the other end says of connections to `port`, opened by the observer or to it.
  func echo(of socket: FlowFold.Socket, _ direction: SocketRow.Direction, port: UInt16?) -> Flow.Echo {
    guard let other = socket.far.terminal, let port, let asked = times[other] else { return .unheard }
    let ends = pairs[Pair(observer: other, other: socket.observer)] ?? Ends()
    let strange = strange[other] ?? Ends()
    let (own, foreign) =
      switch direction {
      case .outbound: (ends.local, strange.local)
      case .inbound: (ends.remote, strange.remote)
      case .unknown: (ends.local.union(ends.remote), strange.local.union(strange.remote))
      }
    let door = Door(layer: socket.row.layer, port: port)
    if own.contains(door) { return .confirmed }
    let interval = max(asked, socket.time).elapsed(since: min(asked, socket.time))
    let couldTell =
      direction != .unknown && socket.row.isEstablished && interval <= Self.longestInterval
      && !folded.contains(other) && !foreign.contains(door)
    return couldTell ? .denied : .unheard
  }
}
