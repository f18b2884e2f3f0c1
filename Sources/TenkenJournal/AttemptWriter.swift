internal import Foundation
internal import GRDB
internal import TenkenModel

/// Writes attempts, within a transaction of the caller's.
struct AttemptWriter {
  private let db: Database
  private let run: Int
  /// The ordinals of the catalogue's checks.
  private let checks: [ID<Check>: Int64]
  private let terminal: Statement
  private let existing: Statement
  private let attempt: Statement
  private let blob: Statement
  private let observation: Statement
  private let fact: Statement
  /// To be kept only when the transaction was committed.
  private(set) var known: KnownOutputs

  init(_ db: Database, run: Int, checks: [ID<Check>: Int64], known: KnownOutputs) throws {
    self.db = db
    self.known = known
    self.run = run
    self.checks = checks
    terminal = try db.cachedStatement(sql: "SELECT ordinal FROM terminal WHERE id = ?")
    existing = try db.cachedStatement(sql: "SELECT 1 FROM attempt WHERE terminal = ? AND number = ?")
    attempt = try db.cachedStatement(
      sql: """
        INSERT INTO attempt (terminal, number, run, outcome, reason, is_final, started_ms, ended_ms, host_key_type,
          host_key_fingerprint, host_key_standing, dialled, host_key_blob)
        VALUES (?, ?, ?, ?, CAST(? AS TEXT), ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), ?, CAST(? AS TEXT), ?)
        """)
    blob = try db.cachedStatement(sql: "INSERT INTO blob (digest, bytes, unpacked_size) VALUES (?, ?, ?)")
    observation = try db.cachedStatement(
      sql: """
        INSERT INTO observation (attempt, catalogue_check, position, result, message, milliseconds, stdout, stderr)
        VALUES (?, ?, ?, ?, CAST(? AS TEXT), ?, ?, ?)
        """)
    fact = try db.cachedStatement(
      sql: """
        INSERT INTO fact (attempt, catalogue_check, position, name, cells) VALUES (?, ?, ?, CAST(? AS TEXT), ?)
        """)
  }

  /// An attempt that is recorded already, and says the same, is left as it is: the caller asked twice.
  mutating func write(_ sealed: SealedAttempt) throws {
    let ordinal = try ordinal(of: sealed.attempt.terminal)
    if try Int.fetchOne(existing, arguments: [ordinal, sealed.attempt.number]) != nil {
      return try RecordedAttempt(db, terminal: ordinal, number: sealed.attempt.number).expectSame(as: sealed)
    }
    try insert(sealed.attempt, ordinal: ordinal)
    let id = db.lastInsertedRowID
    for (position, observation) in sealed.attempt.observations.enumerated() {
      try insert(observation, at: position, of: id, outputs: sealed.outputs[position])
    }
  }

  private func ordinal(of id: ID<Terminal>) throws -> Int64 {
    guard let ordinal = try Int64.fetchOne(terminal, arguments: [id.rawValue]) else {
      throw Refusal(why: "the terminal \(id) is not of this sweep's inventory")
    }
    return ordinal
  }

  private func insert(_ attempt: Attempt, ordinal: Int64) throws {
    let key = attempt.hostKey
    try execute(
      self.attempt,
      [
        ordinal, attempt.number, run, attempt.outcome.rawValue, JournalText.value(attempt.reason), attempt.isFinal,
        attempt.started.milliseconds, attempt.ended.milliseconds, JournalText.value(key?.type),
        JournalText.value(key?.fingerprint), key?.standing.rawValue, JournalText.value(attempt.dialled),
        key?.blob.map { Data($0) },
      ])
  }

  private mutating func insert(
    _ observation: Observation, at position: Int, of attempt: Int64,
    outputs: (stdout: SealedAttempt.Output?, stderr: SealedAttempt.Output?)
  ) throws {
    guard let check = checks[observation.check] else {
      throw Refusal(why: "the check \(observation.check) is not of this sweep's catalogue")
    }
    let (stdout, stderr) = (try store(outputs.stdout), try store(outputs.stderr))
    try execute(
      self.observation,
      [
        attempt, check, position, observation.result.rawValue, JournalText.value(observation.message),
        observation.milliseconds, stdout, stderr,
      ])
    for (position, fact) in observation.facts.enumerated() {
      try execute(
        self.fact,
        [
          attempt, check, position, JournalText.value(fact.name), FactCells.json(fact.values),
        ])
    }
  }

  /// The row that holds the output.
  private mutating func store(_ output: SealedAttempt.Output?) throws -> Int64? {
    guard let output else { return nil }
    if let row = known.row(of: output.digest) { return row }
    let packed = Packing.packed(output.bytes)
    try execute(
      blob, [Data(output.digest), Data(packed ?? output.bytes), packed == nil ? nil : output.bytes.count])
    known.remember(output.digest, row: db.lastInsertedRowID)
    return db.lastInsertedRowID
  }

  /// The number of arguments is that of the statement, here above; GRDB need not count them a million times.
  private func execute(_ statement: Statement, _ arguments: StatementArguments) throws {
    statement.setUncheckedArguments(arguments)
    try statement.execute()
  }
}

/// Why one attempt cannot be recorded, whatever else is: a mistake of the caller, not of the disk.
struct Refusal: Error {
  let why: String
}
