internal import GRDB
internal import TenkenModel

/// What attempts before the last one brought to light: few, so they are read at once.
struct EarlierAttempts {
  private var failures: [ID<Terminal>: [Observation]] = [:]
  private var alarms: [ID<Terminal>: [Attempt]] = [:]
  private var answers: [ID<Terminal>: [Attempt]] = [:]

  /// Of all terminals, or of one.
  init(_ db: Database, of terminal: ID<Terminal>?) throws {
    try readFailures(db, of: terminal)
    try readAlarms(db, of: terminal)
    try readAnswers(db, of: terminal)
  }

  /// The latest failure of each check that the last attempt did not see fail as well.
  func failures(of terminal: ID<Terminal>) -> [Observation] { failures[terminal] ?? [] }

  /// Those that met a host key that was not on record, or a peer that broke the protocol; without observations.
  func alarms(of terminal: ID<Terminal>) -> [Attempt] { alarms[terminal] ?? [] }

  /// With the facts of checks that answered then and not in the last attempt, the latest answer of each.
  func answers(of terminal: ID<Terminal>) -> [Attempt] { answers[terminal] ?? [] }

  private mutating func readFailures(_ db: Database, of terminal: ID<Terminal>?) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT outcome.id, catalogue_check.id, attempt.number, observation.message, observation.milliseconds
        FROM terminal_outcome AS outcome JOIN attempt ON attempt.terminal = outcome.ordinal
          JOIN observation ON observation.attempt = attempt.id
          JOIN catalogue_check ON catalogue_check.ordinal = observation.catalogue_check
        WHERE attempt.number < outcome.attempts AND observation.result = 'fail'
          \(terminal == nil ? "" : "AND outcome.id = ?")
          AND NOT EXISTS (
            SELECT 1 FROM observation AS last WHERE last.attempt = outcome.attempt AND last.result = 'fail'
              AND last.catalogue_check = observation.catalogue_check)
        ORDER BY outcome.ordinal, catalogue_check.ordinal, attempt.number
        """, arguments: terminal.map { [$0.rawValue] } ?? [])
    while let row = try rows.next() {
      let check = try row.id(1, of: Check.self)
      let terminal = try row.id(0, of: Terminal.self)
      if failures[terminal]?.last?.check == check { failures[terminal]?.removeLast() }
      failures[terminal, default: []].append(
        Observation(
          check: check, result: .fail, message: "in attempt \(try row.integer(2)): \(try row.text(3))",
          milliseconds: try row.optionalInteger(4).map { Int($0) }))
    }
  }

  private mutating func readAlarms(_ db: Database, of terminal: ID<Terminal>?) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT outcome.id, attempt.number, attempt.outcome, attempt.reason, attempt.started_ms, attempt.ended_ms,
          attempt.host_key_type, attempt.host_key_fingerprint, attempt.host_key_standing,
          \(try Schema.column("attempt.host_key_blob", since: 2, db))
        FROM terminal_outcome AS outcome JOIN attempt ON attempt.terminal = outcome.ordinal
        WHERE attempt.number < outcome.attempts \(terminal == nil ? "" : "AND outcome.id = ?")
          AND (attempt.outcome IN ('hostile', 'host-key-mismatch')
            OR attempt.host_key_standing IN ('mismatch', 'revoked'))
        ORDER BY outcome.ordinal, attempt.number
        """, arguments: terminal.map { [$0.rawValue] } ?? [])
    while let row = try rows.next() {
      let terminal = try row.id(0, of: Terminal.self)
      alarms[terminal, default: []].append(
        Attempt(
          terminal: terminal, number: Int(try row.integer(1)), started: try row.timestamp(4),
          ended: try row.timestamp(5), outcome: try row.word(2), reason: try row.text(3), isFinal: true,
          hostKey: try row.hostKey(type: 6, blob: 9)))
    }
  }

  private mutating func readAnswers(_ db: Database, of terminal: ID<Terminal>?) throws {
    let definite = CheckResult.allCases.filter(\.isDefinite).map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT outcome.id, attempt.number, attempt.started_ms, attempt.ended_ms, attempt.outcome, catalogue_check.id,
          observation.result, fact.name, fact.cells
        FROM terminal_outcome AS outcome JOIN attempt ON attempt.terminal = outcome.ordinal
          JOIN observation ON observation.attempt = attempt.id
          JOIN catalogue_check ON catalogue_check.ordinal = observation.catalogue_check
          JOIN fact ON fact.attempt = observation.attempt AND fact.catalogue_check = observation.catalogue_check
        WHERE outcome.attempts > 1 AND attempt.number < outcome.attempts AND observation.result IN (\(definite))
          \(terminal == nil ? "" : "AND outcome.id = ?")
          AND NOT EXISTS (
            SELECT 1 FROM attempt AS later JOIN observation AS answer ON answer.attempt = later.id
            WHERE later.terminal = attempt.terminal AND later.number > attempt.number
              AND answer.catalogue_check = observation.catalogue_check AND answer.result IN (\(definite)))
        ORDER BY outcome.ordinal, attempt.number, catalogue_check.ordinal, fact.position
        """, arguments: terminal.map { [$0.rawValue] } ?? [])
    var facts: [Fact] = []
    // A cursor's row is another one after the next.
    var next = try rows.next()?.copy()
    while let row = next {
      facts.append(Fact(name: try row.text(7), values: try FactCells.values(try row.text(8))))
      next = try rows.next()?.copy()
      let isSame = try next.map {
        try $0.text(0) == row.text(0) && $0.integer(1) == row.integer(1) && $0.text(5) == row.text(5)
      }
      if isSame == true { continue }
      try add(row, facts)
      facts = []
    }
  }

  /// The answer of one check in one attempt, by the last row of it.
  private mutating func add(_ row: Row, _ facts: [Fact]) throws {
    let (terminal, number) = (try row.id(0, of: Terminal.self), Int(try row.integer(1)))
    let answer = Observation(
      check: try row.id(5, of: Check.self), result: try row.word(6), message: "", milliseconds: nil, facts: facts)
    var observations = [answer]
    if let last = answers[terminal]?.last, last.number == number {
      observations = last.observations + observations
      answers[terminal]?.removeLast()
    }
    answers[terminal, default: []].append(
      Attempt(
        terminal: terminal, number: number, started: try row.timestamp(2), ended: try row.timestamp(3),
        outcome: try row.word(4), reason: "", isFinal: false, observations: observations))
  }
}
