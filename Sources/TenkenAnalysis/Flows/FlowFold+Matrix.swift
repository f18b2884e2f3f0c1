internal import TenkenModel

extension FlowFold {
  private struct Route: Hashable {
    let from: FlowZone
    let to: FlowZone
  }

  /// One service between two ends, whoever told of it and how often.
  private struct Line: Hashable {
    let from: FlowEnd
    let to: FlowEnd
    let layer: FlowPolicy.Layer
    let port: UInt16?

    init(_ flow: Flow) {
      (from, to) = (Self.end(flow.from), Self.end(flow.to))
      (layer, port) = (flow.layer, flow.port)
    }

    /// A terminal is itself by whatever address it was seen.
    private static func end(_ end: FlowEnd) -> FlowEnd {
      end.terminal == nil ? end : FlowEnd(zone: end.zone, address: "", terminal: end.terminal)
    }
  }

  func matrix(of flows: [Flow]) -> FlowMatrix {
    FlowMatrix(
      policy: policy, bases: bases(), heardSockets: heardSockets, heardLogins: heardLogins, doubts: doubts(of: flows),
      cells: cells(of: flows), flows: flows, shadows: shadows(), inside: inside, isAsked: isAsked)
  }

  private func cells(of flows: [Flow]) -> [FlowMatrix.Cell] {
    var cells: [Route: FlowMatrix.Cell] = [:]
    for (line, told) in Dictionary(grouping: flows, by: Line.init) {
      let (from, to) = (line.from.zone, line.to.zone)
      cells[Route(from: from, to: to), default: FlowMatrix.Cell(from: from, to: to)].add(told)
    }
    var seen: Set<Passage> = []
    for one in abroad {
      let near = FlowZone.site(inventory.terminals[one.observer].site)
      let (from, to) = one.isOutbound ? (near, one.far.zone) : (one.far.zone, near)
      let isNew = seen.insert(Passage(observer: one.observer, far: one.far.address, isOutbound: one.isOutbound))
        .inserted
      cells[Route(from: from, to: to), default: FlowMatrix.Cell(from: from, to: to)].add(
        unjudged: isNew ? 1 : 0, hosts: [inventory.terminals[one.observer].address, one.far.address], at: one.time)
    }
    return cells.values.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }

  private struct Passage: Hashable {
    let observer: Int
    let far: String
    let isOutbound: Bool
  }

  private func doubts(of flows: [Flow]) -> [Int: Set<FlowFinding>] {
    var doubts: [Int: Set<FlowFinding>] = [:]
    for flow in flows {
      if flow.verdict == .unjudged, policy != nil {
        doubts[flow.observer, default: []].formUnion([.unauthorised, .expired, .undirected])
      }
      if flow.evidence == .socket, flow.echo == .unheard { doubts[flow.observer, default: []].insert(.denied) }
    }
    return doubts
  }

  private func bases() -> [ID<Site>: FlowMatrix.Base] {
    let heard = heardSockets.union(heardLogins)
    var listed: [ID<Site>: Int] = [:]
    var told: [ID<Site>: Int] = [:]
    for (index, terminal) in inventory.terminals.enumerated() {
      listed[terminal.site, default: 0] += 1
      if heard.contains(index) { told[terminal.site, default: 0] += 1 }
    }
    return Dictionary(
      uniqueKeysWithValues: inventory.sites.map { site in
        (site.id, FlowMatrix.Base(listed: listed[site.id] ?? 0, heard: told[site.id] ?? 0))
      })
  }

  private func shadows() -> [FlowMatrix.Shadow] {
    strangers.map { end, stranger in
      FlowMatrix.Shadow(
        address: end.address, zone: end.zone, seenBy: stranger.seenBy.sorted(), last: stranger.last)
    }.sorted { left, right in
      if left.seenBy.count != right.seenBy.count { return left.seenBy.count > right.seenBy.count }
      return (left.zone, left.address) < (right.zone, right.address)
    }
  }
}
