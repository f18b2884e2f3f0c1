internal import TenkenModel

extension FlowFold {
  /// What flows come to on the terminals that told of them, by index: of each kind one finding a terminal.
  func findings(of flows: [Flow]) -> [Int: [OpenFinding]] {
    var found: [Int: [FlowFinding: [Flow]]] = [:]
    for flow in flows {
      for kind in Self.kinds(of: flow) { found[flow.observer, default: [:]][kind, default: []].append(flow) }
    }
    return found.mapValues { kinds in
      FlowFinding.allCases.compactMap { kind in
        kinds[kind].map { OpenFinding(kind, severity: kind.severity(by: policy), message: message(of: $0)) }
      }
    }
  }

  private static func kinds(of flow: Flow) -> [FlowFinding] {
    let denied: [FlowFinding] = flow.echo == .denied ? [.denied] : []
    switch flow.verdict {
    case .unauthorised: return [.unauthorised] + denied
    case .expired: return [.expired] + denied
    case .undirected: return [.undirected] + denied
    case .authorised, .unjudged: return denied
    }
  }

  private func message(of flows: [Flow]) -> String {
    let rest = flows.count - 1
    return description(of: flows[0]) + (rest > 0 ? "; and \(rest.grouped) more" : "")
  }

  private func description(of flow: Flow) -> String {
    let isTarget = flow.to.terminal == flow.observer
    let far = isTarget ? flow.from : flow.to
    let way = flow.isDirected ? (isTarget ? "from" : "to") : "with"
    let port = flow.port.map { "port \($0)/\(flow.layer.rawValue)" } ?? flow.layer.rawValue
    let what = flow.evidence == .login ? "\(flow.count) logins of \(flow.detail), last" : "\(flow.detail) seen"
    return "\(way) \(name(of: far)), \(port): \(what) \(flow.last.forPeople)"
  }

  private func name(of end: FlowEnd) -> String {
    guard let terminal = end.terminal else { return "\(end.address) (\(end.zone.name), not in the inventory)" }
    return "\(inventory.terminals[terminal].id) (\(end.zone.name), \(end.address))"
  }
}
