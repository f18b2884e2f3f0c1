internal import TenkenAnalysis
internal import TenkenModel

/// `report.jsonl`: the sweep first, then its sites, findings and terminals, its flows, and last how many of each there were. A
/// file without its last line was cut.
struct JSONLinesReport {
  let report: Report

  init(_ report: Report) { self.report = report }

  func render(to sink: inout some ReportSink) {
    sink.write(sweep())
    for site in report.sites { sink.write(line(site)) }
    for finding in report.findings { sink.write(line(finding)) }
    for index in report.terminals { sink.write(line(index)) }
    let flows = FlowLines(report: report).objects
    for line in flows { sink.write(line) }
    sink.write(end(flowLines: flows.count))
  }

  func begin(_ kind: String) -> JSONObject {
    var object = JSONObject()
    object.set("kind", kind)
    object.set("sweep", report.manifest.id.rawValue)
    return object
  }

  private func sweep() -> JSONObject {
    let manifest = report.manifest
    var object = begin("sweep")
    object.set("format", 1)
    object.set("name", manifest.scope.name)
    object.set("started", manifest.started.description)
    object.set("as_of", report.asOf?.description)
    object.set("runs", report.runs)
    object.set("tool", "tenken \(manifest.tool)")
    object.set("transport", manifest.scope.transport.rawValue)
    object.set("rehearsal", report.isRehearsal)
    object.set("partial", report.assessment.isPartial)
    object.set("sites", report.sites.map(\.site.id.rawValue))
    object.set("sites_in_sweep", report.assessment.sites.count)
    object.set("inventory", manifest.inventory)
    object.set("inventory_terminals", manifest.terminals)
    object.set("inventory_digest", manifest.inventoryDigest.hex)
    object.set("catalogue_digest", manifest.catalogueDigest.hex)
    object.set("selection", manifest.scope.selection)
    object.set("checks_run", report.coverage.run.map(\.rawValue))
    object.set("checks_left_out", report.coverage.leftOut.map(\.rawValue))
    object.set("remarks", Provenance.remarks(on: report))
    add(report.assessment.group, to: &object)
    return object
  }

  private func line(_ site: SiteAssessment) -> JSONObject {
    var object = begin("site")
    object.set("id", site.site.id.rawValue)
    object.set("name", site.site.name)
    object.set("country", site.site.country)
    object.set("time_zone", site.site.timeZone)
    add(site.account, to: &object)
    if !site.holds.isEmpty { object.set("held", site.holds.map(JSONObject.init)) }
    return object
  }

  private func add(_ account: Account, to object: inout JSONObject) {
    var states = JSONObject()
    for state in TerminalState.worstFirst { states.set(state.rawValue, account[state]) }
    var outcomes = JSONObject()
    for outcome in Outcome.allCases { outcomes.set(outcome.rawValue, account[outcome]) }
    object.set("soundness", account.soundness.rawValue)
    object.set("listed", account.listed)
    object.set("states", states)
    object.set("outcomes", outcomes)
    object.set("not_wholly_seen", account.withGap)
    object.set("sound_least", account.soundShare.least)
    object.set("sound_most", account.soundShare.most)
  }

  private func line(_ finding: Finding) -> JSONObject {
    var object = begin("finding")
    object.set("source", finding.subject.source)
    object.set("id", finding.id)
    object.set("severity", finding.severity.rawValue)
    object.set("class", report.className(of: finding.subject))
    object.set("title", report.title(of: finding.subject))
    object.set("attack", report.attack(of: finding.subject))
    object.set("remediation", report.remediation(of: finding.subject))
    object.set("count", finding.count)
    object.set("terminals", finding.sightings.map { report.inventory.terminals[$0.terminal].id.rawValue })
    if !finding.places.isEmpty { object.set("sites", finding.places.map(\.site.rawValue)) }
    return object
  }

  private func end(flowLines: Int) -> JSONObject {
    var object = begin("end")
    object.set("site_lines", report.sites.count)
    object.set("finding_lines", report.findings.count)
    object.set("terminal_lines", report.terminals.count)
    object.set("flow_lines", flowLines)
    return object
  }
}
