internal import TenkenAnalysis
internal import TenkenJournal
package import TenkenModel
internal import TenkenReport

extension SweepArchive {
  /// The sweep by site, for a screen or as JSON lines; and what it ended with, or would end with now.
  ///
  /// - Parameter station: where to ask whether a process is at it; `nil` leaves that open.
  package func status(json: Bool, in station: Station) throws -> (page: String, exitStatus: Int32) {
    let isOwned = try station.state.sweeps().contains { $0.id == manifest.id && $0.isRunning }
    let report = try report()
    let page = StatusPage(report, runs: try journal.runs(), isOwned: isOwned)
    return (
      json ? page.jsonLines : page.text,
      report.assessment.isPartial ? Failure.Code.tryLater.rawValue : report.assessment.exitStatus
    )
  }

  /// The terminals that a selection means, with their outcomes and states.
  package func list(select: String, as format: ListFormat, in station: Station) throws -> String {
    let report = try report()
    let selected = try SelectedTerminals(select, of: inventory, in: station.state, current: report.assessment)
    let terminals = inventory.terminals.indices.filter(selected.contains)
    if format == .knownHosts { return try newHostKeys(of: terminals) }
    return try TerminalList(report, terminals: terminals).text(as: format)
  }

  /// Everything known of one terminal.
  package func page(of terminal: String, only check: String? = nil) throws -> String {
    let (index, record) = try find(terminal)
    return TerminalPage(
      try report(), terminal: index, record: record, attempts: try journal.attempts(of: record.terminal),
      only: try check.map(find(check:))
    ).text
  }

  /// What a check wrote on a terminal, byte for byte.
  package func raw(of terminal: String, _ check: String) throws -> (stdout: [UInt8], stderr: [UInt8]) {
    let (id, check) = (try find(terminal).1.terminal, try find(check: check))
    if let streams = try journal.raw(id, check) { return streams }
    throw Failure(
      .noSuchInput, "\(check) never ran on \(id)", why: "no attempt of sweep \(manifest.id) has its frames",
      next: "`tenken show \(id)` says how the contacts ended.")
  }

  /// - Returns: the paths that were written.
  package func write(_ formats: [ReportFormat], sites: [String], to directory: String) throws -> [String] {
    try ReportWriter().write(formats, of: try report(only: sites), to: directory)
  }

  private func find(_ text: String) throws(Failure) -> (Int, TerminalRecord) {
    if let id = ID<Terminal>(text), let index = inventory.terminals.firstIndex(where: { $0.id == id }),
      let record = try journal.record(of: id)
    {
      return (index, record)
    }
    throw Failure(
      .noSuchInput, "no terminal is called \"\(text.escapedForPeople())\"",
      why: "the inventory of sweep \(manifest.id) does not list it", next: "`tenken list -o ids` names them all.")
  }

  private func find(check text: String) throws(Failure) -> ID<Check> {
    if let id = ID<Check>(text), allChecks.contains(where: { $0.id == id }) { return id }
    throw Failure(
      .noSuchInput, "no check is called \"\(text.escapedForPeople())\"",
      why: "the catalogue of sweep \(manifest.id) does not have it",
      next: "It has: \(allChecks.map(\.id.rawValue).joined(separator: ", ")).")
  }
}

extension SweepSummary {
  fileprivate var isRunning: Bool { if case .running = standing { true } else { false } }
}
