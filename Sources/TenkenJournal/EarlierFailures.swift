internal import GRDB
internal import TenkenModel

/// The failures that earlier attempts saw and no later attempt answered for: few, so they are read at once.
struct EarlierFailures {
  private let byTerminal: [ID<Terminal>: [Observation]]

  subscript(terminal: ID<Terminal>) -> [Observation] { byTerminal[terminal] ?? [] }

  /// Of all terminals, or of one. Only a definite later answer of the same check takes a failure back: an error or a
  /// contact that brought nothing does not.
  init(_ db: Database, of terminal: ID<Terminal>?) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT outcome.id, catalogue_check.id, attempt.number, observation.message, observation.milliseconds
        FROM terminal_outcome AS outcome JOIN attempt ON attempt.terminal = outcome.ordinal
          JOIN observation ON observation.attempt = attempt.id
          JOIN catalogue_check ON catalogue_check.ordinal = observation.catalogue_check
        WHERE outcome.attempts > 1 AND attempt.number < outcome.attempts AND observation.result = 'fail'
          \(terminal == nil ? "" : "AND outcome.id = ?")
          AND NOT EXISTS (
            SELECT 1 FROM attempt AS later JOIN observation AS answer ON answer.attempt = later.id
            WHERE later.terminal = attempt.terminal AND later.number > attempt.number
              AND answer.catalogue_check = observation.catalogue_check
              AND answer.result IN ('pass', 'fail', 'not-applicable', 'informational'))
        ORDER BY outcome.ordinal, catalogue_check.ordinal, attempt.number
        """, arguments: terminal.map { [$0.rawValue] } ?? [])
    var failures: [ID<Terminal>: [Observation]] = [:]
    while let row = try rows.next() {
      let check = try row.id(1, of: Check.self)
      let terminal = try row.id(0, of: Terminal.self)
      // The latest of each check stands for the others.
      if failures[terminal]?.last?.check == check { failures[terminal]?.removeLast() }
      failures[terminal, default: []].append(
        Observation(
          check: check, result: .fail, message: "in attempt \(try row.integer(2)): \(try row.text(3))",
          milliseconds: try row.optionalInteger(4).map { Int($0) }))
    }
    byTerminal = failures
  }
}
