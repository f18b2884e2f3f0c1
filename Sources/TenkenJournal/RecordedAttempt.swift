internal import Foundation
internal import GRDB
internal import TenkenModel

/// An attempt as it stands in the journal, to be compared with one that claims to be the same.
struct RecordedAttempt {
  private let attempt: Attempt
  /// One row an observation: the digests of stdout and stderr.
  private let digests: [[Data?]]

  init(_ db: Database, terminal: Int64, number: Int) throws {
    let source = AttemptSource.one(terminal: terminal, number: number)
    var attempts = try AttemptCursor(db, of: source)
    guard let recorded = try attempts.next() else { throw Refusal(why: "attempt \(number) cannot be read back") }
    attempt = recorded
    digests = try Row.fetchAll(
      db,
      sql: """
        SELECT stdout.digest, stderr.digest FROM attempt JOIN observation ON observation.attempt = attempt.id
          LEFT JOIN blob AS stdout ON stdout.id = observation.stdout
          LEFT JOIN blob AS stderr ON stderr.id = observation.stderr
        WHERE attempt.terminal = ? AND attempt.number = ? ORDER BY observation.position
        """, arguments: [terminal, number]
    ).map { [$0[0], $0[1]] }
  }

  func expectSame(as claim: SealedAttempt) throws {
    let claimed = claim.outputs.map { [$0.stdout, $0.stderr].map { output in output.map { Data($0.digest) } } }
    guard claim.attempt.withoutRawOutput == attempt, claimed == digests else {
      throw Refusal(
        why: "attempt \(attempt.number) on \(attempt.terminal) is recorded already, and says something else")
    }
  }
}

extension Attempt {
  fileprivate var withoutRawOutput: Attempt {
    Attempt(
      terminal: terminal, number: number, started: started, ended: ended, outcome: outcome, reason: reason,
      isFinal: isFinal, hostKey: hostKey, dialled: dialled,
      observations: observations.map {
        Observation(
          check: $0.check, result: $0.result, message: $0.message, milliseconds: $0.milliseconds, facts: $0.facts)
      })
  }
}
