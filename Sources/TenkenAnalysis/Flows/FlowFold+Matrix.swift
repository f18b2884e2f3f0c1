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
      policy: policy, bases: bases(), heard: heard, cells: cells(of: flows), flows: flows, shadows: shadows(),
      inside: inside,
      isAsked: isAsked)
  }

  private func cells(of flows: [Flow]) -> [FlowMatrix.Cell] {
    var cells: [Route: FlowMatrix.Cell] = [:]
    for (line, told) in Dictionary(grouping: flows, by: Line.init) {
      let route = Route(from: line.from.zone, to: line.to.zone)
      var cell = cells[route] ?? FlowMatrix.Cell(from: route.from, to: route.to)
      cell.add(told)
      cells[route] = cell
    }
    var seen: Set<FlowEndPair> = []
    for one in abroad where seen.insert(FlowEndPair(observer: one.observer, far: one.far.address)).inserted {
      let near = FlowZone.site(inventory.terminals[one.observer].site)
      let route = one.isOutbound ? Route(from: near, to: one.far.zone) : Route(from: one.far.zone, to: near)
      var cell = cells[route] ?? FlowMatrix.Cell(from: route.from, to: route.to)
      cell.add(.unjudged, hosts: [inventory.terminals[one.observer].address, one.far.address], at: one.time)
      cells[route] = cell
    }
    return cells.values.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }

  private struct FlowEndPair: Hashable {
    let observer: Int
    let far: String
  }

  private func bases() -> [ID<Site>: FlowMatrix.Base] {
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
    strangers.map { address, stranger in
      FlowMatrix.Shadow(
        address: address, zone: stranger.zone, seenBy: stranger.seenBy.sorted(), last: stranger.last)
    }.sorted { left, right in
      if left.seenBy.count != right.seenBy.count { return left.seenBy.count > right.seenBy.count }
      return (left.zone, left.address) < (right.zone, right.address)
    }
  }
}
