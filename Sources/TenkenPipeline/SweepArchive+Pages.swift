internal import TenkenAnalysis
internal import TenkenJournal
package import TenkenModel
internal import TenkenReport

extension SweepArchive {
  /// The sweep by site, for a screen or as JSON lines; and what it ended with, or would end with now.
  package func status(json: Bool) throws -> (page: String, exitStatus: Int32) {
    let assessment = try assessment()
    let page = StatusPage(manifest: manifest, runs: try journal.runs(), assessment: assessment)
    return (
      json ? page.jsonLines : page.text,
      assessment.isPartial ? Failure.Code.tryLater.rawValue : assessment.exitStatus
    )
  }

  /// The terminals that a selection means, with their outcomes and states.
  package func list(select: String, as format: ListFormat, in station: Station) throws -> String {
    let assessment = try assessment()
    let selected = try SelectedTerminals(select, of: inventory, in: station.state, current: assessment)
    return TerminalList(
      inventory.terminals.indices.filter(selected.contains).map { (inventory.terminals[$0], assessment.terminals[$0]) }
    ).text(as: format)
  }

  /// Everything known of one terminal.
  package func page(of terminal: String, only check: String? = nil) throws -> String {
    let (listed, record) = try find(terminal)
    return TerminalPage(
      terminal: listed, record: record, attempts: try journal.attempts(of: listed.id), catalogue: catalogue,
      only: try check.map(find(check:))
    ).text
  }

  /// What a check wrote on a terminal, byte for byte.
  package func raw(of terminal: String, _ check: String) throws -> (stdout: [UInt8], stderr: [UInt8]) {
    let (id, check) = (try find(terminal).0.id, try find(check: check))
    if let streams = try journal.raw(id, check) { return streams }
    throw Failure(
      .noSuchInput, "\(check) never ran on \(id)", why: "no attempt of sweep \(manifest.id) has its frames",
      next: "`tenken show \(id)` says how the contacts ended.")
  }

  /// - Returns: the paths that were written.
  package func write(_ formats: [ReportFormat], sites: [String], to directory: String) throws -> [String] {
    try ReportWriter().write(formats, of: try report(only: sites), to: directory)
  }

  private func find(_ text: String) throws(Failure) -> (Terminal, TerminalRecord) {
    if let id = ID<Terminal>(text), let terminal = inventory.terminals.first(where: { $0.id == id }),
      let record = try journal.record(of: id)
    {
      return (terminal, record)
    }
    throw Failure(
      .noSuchInput, "no terminal is called \"\(text.escapedForPeople())\"",
      why: "the inventory of sweep \(manifest.id) does not list it", next: "`tenken list -o ids` names them all.")
  }

  private func find(check text: String) throws(Failure) -> ID<Check> {
    if let id = ID<Check>(text), catalogue[id] != nil { return id }
    throw Failure(
      .noSuchInput, "no check is called \"\(text.escapedForPeople())\"",
      why: "the catalogue of sweep \(manifest.id) does not have it",
      next: "It has: \(catalogue.checks.map(\.id.rawValue).joined(separator: ", ")).")
  }
}
