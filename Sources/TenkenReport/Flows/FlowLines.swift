internal import TenkenAnalysis
internal import TenkenModel

/// The matrix as JSON lines, for the command and for `report.jsonl`.
struct FlowLines {
  let report: Report

  private var matrix: FlowMatrix { report.assessment.flows }

  /// A line a cell, a flow and a shadow terminal, in this order.
  var objects: [JSONObject] {
    let shown = matrix.touching(Set(report.sites.map(\.site.id)), in: report.inventory)
    return shown.cells.map(object) + shown.flows.map(object) + shown.shadows.map(object)
  }

  private func begin(_ kind: String) -> JSONObject {
    var object = JSONObject()
    object.set("kind", kind)
    object.set("sweep", report.manifest.id.rawValue)
    return object
  }

  private func object(_ cell: FlowMatrix.Cell) -> JSONObject {
    var object = begin("flow-cell")
    object.set("from", cell.from.name)
    object.set("to", cell.to.name)
    for verdict in Flow.Verdict.allCases { object.set(verdict.rawValue, cell[verdict]) }
    object.set("hosts", cell.hosts.count)
    object.set("first_seen", cell.first?.description)
    object.set("last_seen", cell.last?.description)
    for (key, zone) in [("from", cell.from), ("to", cell.to)] {
      guard let base = zone.site.flatMap({ matrix.bases[$0] }) else { continue }
      object.set("\(key)_heard", base.heard)
      object.set("\(key)_listed", base.listed)
    }
    return object
  }

  private func object(_ flow: Flow) -> JSONObject {
    var object = begin("flow")
    object.set("verdict", flow.verdict.rawValue)
    for (key, end) in [("from", flow.from), ("to", flow.to)] {
      object.set("\(key)_zone", end.zone.name)
      object.set("\(key)_address", end.address)
      object.set("\(key)_terminal", end.terminal.map { report.inventory.terminals[$0].id.rawValue })
    }
    object.set("directed", flow.isDirected)
    object.set("protocol", flow.layer.rawValue)
    if let port = flow.port { object.set("port", Int(port)) }
    object.set("evidence", flow.evidence.rawValue)
    object.set("detail", flow.detail)
    object.set("count", flow.count)
    object.set("last_seen", flow.last.description)
    object.set("told_by", report.inventory.terminals[flow.observer].id.rawValue)
    object.set("other_end", flow.echo.rawValue)
    return object
  }

  private func object(_ shadow: FlowMatrix.Shadow) -> JSONObject {
    var object = begin("shadow-terminal")
    object.set("address", shadow.address)
    object.set("zone", shadow.zone.name)
    object.set("seen_by", shadow.seenBy.map { report.inventory.terminals[$0].id.rawValue })
    object.set("last_seen", shadow.last.description)
    return object
  }
}
