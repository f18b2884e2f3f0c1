internal import TenkenJournal
package import TenkenModel
internal import TenkenReport

extension SweepArchive {
  /// All findings, the worst first, for a screen or as JSON lines.
  ///
  /// - Parameter severity: the least that is shown.
  package func findings(atLeast severity: Severity, json: Bool) throws -> String {
    let page = FindingsPage(try report(), atLeast: severity)
    return json ? page.jsonLines : page.text
  }

  /// Findings of the attempts that were recorded after this row of the journal, in that order; a page at most.
  ///
  /// - Parameter row: 0 to begin, then what the last call returned; the same again where nothing is new.
  package func findings(after row: Int64, atLeast severity: Severity) throws -> (lines: [FindingLine], last: Int64) {
    let watch = FindingWatch(inventory, checks: allChecks, sweep: manifest.id, over: manifest.scope.transport)
    let (attempts, last) = try journal.attempts(after: row)
    let numbers = Dictionary(uniqueKeysWithValues: inventory.terminals.enumerated().map { ($1.id, $0) })
    let lines = attempts.flatMap { attempt in
      numbers[attempt.terminal].map { watch.lines(of: attempt, on: $0, atLeast: severity) } ?? []
    }
    return (lines, last)
  }

  /// Whether a process is at it.
  package func isRunning(in station: Station) throws -> Bool {
    try station.state.sweeps().contains { summary in
      if case .running = summary.standing { return summary.id == manifest.id }
      return false
    }
  }
}
