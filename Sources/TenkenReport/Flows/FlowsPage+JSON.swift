internal import TenkenAnalysis
internal import TenkenModel

extension FlowsPage {
  /// A line a cell, a flow and a shadow terminal, and one at the end that says what it all rests on.
  package static func jsonLines(of report: Report) -> String {
    let matrix = report.assessment.flows
    let lines = FlowLines(report: report).objects
    var end = JSONObject()
    end.set("kind", "end")
    end.set("sweep", report.manifest.id.rawValue)
    end.set("transport", report.manifest.scope.transport.rawValue)
    end.set("asked", matrix.isAsked)
    if let policy = matrix.policy { end.set("policy_rules", policy.rules.count) }
    end.set("lines", lines.count)
    end.set("heard", matrix.heard.count)
    end.set("listed", report.inventory.terminals.count)
    end.set("inside_sites", matrix.inside)
    end.set("remarks", Provenance.remarks(on: report))
    return (lines + [end]).map { String(decoding: $0.line, as: UTF8.self) }.joined()
  }
}
