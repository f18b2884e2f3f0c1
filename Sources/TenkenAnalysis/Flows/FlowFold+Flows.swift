internal import TenkenModel

extension FlowFold {
  private struct Key: Hashable {
    let observer: Int
    let far: String
    let layer: FlowPolicy.Layer
    let port: UInt16?
    let direction: SocketRow.Direction
    /// Where the direction is not known: the port of the service, if the terminal is the one that has it.
    let ownPort: UInt16?
  }

  /// Every flow that was told of, the worst first.
  func flows() -> [Flow] {
    (socketFlows() + logins.map(flow)).sorted(by: Self.isWorse)
  }

  private func socketFlows() -> [Flow] {
    var groups: [Key: [Socket]] = [:]
    for socket in sockets {
      let direction = ears.direction(of: socket)
      let port = direction == .inbound ? socket.row.localPort : socket.row.remotePort
      let key = Key(
        observer: socket.observer, far: socket.far.address, layer: socket.row.layer, port: port, direction: direction,
        ownPort: direction == .unknown ? socket.row.localPort : nil)
      groups[key, default: []].append(socket)
    }
    return groups.map { key, sockets in flow(of: sockets, key) }
  }

  private func flow(of sockets: [Socket], _ key: Key) -> Flow {
    let echoes = sockets.map { ears.echo(of: $0, key.direction, port: key.port) }
    let (near, far) = (nearEnd(key.observer), sockets[0].far)
    let time = sockets.map(\.time).max() ?? sockets[0].time
    return Flow(
      from: key.direction == .inbound ? far : near, to: key.direction == .inbound ? near : far, layer: key.layer,
      port: key.port, evidence: .socket, observer: key.observer, isDirected: key.direction != .unknown,
      count: sockets.count, last: time, detail: sockets.map(\.row.program).filter { !$0.isEmpty }.min() ?? "",
      verdict: verdict(near, far, key, at: time),
      echo: echoes.contains(.confirmed) ? .confirmed : echoes.contains(.denied) ? .denied : .unheard)
  }

  private func verdict(
    _ near: FlowEnd, _ far: FlowEnd, _ key: Key, at time: Timestamp
  ) -> Flow.Verdict {
    guard let policy else { return .unjudged }
    let (out, back) = (
      policy.verdict(from: near.zone, to: far.zone, key.layer, port: key.port, at: time),
      policy.verdict(from: far.zone, to: near.zone, key.layer, port: key.ownPort ?? key.port, at: time)
    )
    switch key.direction {
    case .outbound: return Self.verdict(out)
    case .inbound: return Self.verdict(back)
    // Whichever way it was opened, that is what it comes to at least.
    case .unknown where out == back: return Self.verdict(out)
    case .unknown: return Set([out, back]) == [.expired, .unauthorised] ? .expired : .undirected
    }
  }

  private static func verdict(_ verdict: FlowPolicy.Verdict) -> Flow.Verdict {
    switch verdict {
    case .authorised: .authorised
    case .expired: .expired
    case .unauthorised: .unauthorised
    case .unjudged: .unjudged
    }
  }

  /// A login is to the port that the inspection came by; a rule for 22 means logins whatever the port is.
  private func flow(_ login: Login) -> Flow {
    let near = nearEnd(login.observer)
    let port = inventory.terminals[login.observer].port
    let judge: (UInt16) -> Flow.Verdict = { port in
      Self.verdict(
        self.policy?.verdict(from: login.far.zone, to: near.zone, .tcp, port: port, at: login.row.last) ?? .unjudged)
    }
    let verdicts = [judge(port), judge(22)]
    return Flow(
      from: login.far, to: near, layer: .tcp, port: port, evidence: .login, observer: login.observer, isDirected: true,
      count: login.row.count, last: login.row.last, detail: "\(login.row.user) by \(login.row.method)",
      verdict: verdicts.contains(.authorised) ? .authorised : verdicts.contains(.expired) ? .expired : verdicts[0],
      echo: .unheard)
  }

  private func nearEnd(_ index: Int) -> FlowEnd {
    let terminal = inventory.terminals[index]
    return FlowEnd(zone: .site(terminal.site), address: terminal.address, terminal: index)
  }

  private static func isWorse(_ left: Flow, _ right: Flow) -> Bool {
    if left.verdict != right.verdict { return left.verdict.rank < right.verdict.rank }
    if left.from.zone != right.from.zone { return left.from.zone < right.from.zone }
    if left.to.zone != right.to.zone { return left.to.zone < right.to.zone }
    if left.observer != right.observer { return left.observer < right.observer }
    if left.last != right.last { return left.last > right.last }
    if left.isDirected != right.isDirected { return left.isDirected }
    if left.evidence != right.evidence { return left.evidence == .socket }
    let (port, other) = (left.port.map(Int.init) ?? -1, right.port.map(Int.init) ?? -1)
    if port != other { return port < other }
    if left.count != right.count { return left.count > right.count }
    return (left.from.address, left.to.address, left.layer.rawValue, left.detail, left.echo.rawValue)
      < (right.from.address, right.to.address, right.layer.rawValue, right.detail, right.echo.rawValue)
  }
}

extension Flow.Verdict {
  /// The worst first, in the order of its cases.
  fileprivate var rank: Int {
    switch self {
    case .unauthorised: 0
    case .expired: 1
    case .undirected: 2
    case .authorised: 3
    case .unjudged: 4
    }
  }
}
