/// How one contact with one terminal ended; a terminal's outcome is that of its last attempt.
///
/// A different axis from `CheckResult`: a failed check is a result on an `inspected` terminal, never an outcome.
package enum Outcome: String, Sendable, Codable, CaseIterable {
  /// Every planned check has its frame, and the trailer came.
  case inspected
  /// The run began; a frame or the trailer is missing.
  case partial
  /// Refused, no route, no name, connect deadline, gateway down.
  case unreachable
  /// No algorithm in common, SSH-1, no POSIX shell: nothing is wrong with the terminal, we lack the means.
  case unsupported
  /// No key on record: not contacted further.
  case hostKeyUnknown = "host-key-unknown"
  /// Another key or key type than recorded, or a revoked one.
  case hostKeyMismatch = "host-key-mismatch"
  case authFailed = "auth-failed"
  /// A deadline after connecting; the reason names the phase.
  case timedOut = "timed-out"
  /// Protocol abuse, a byte budget exceeded before authentication, a forged frame.
  case hostile
  /// Left out by name, with the reason.
  case excluded
  /// Not done yet.
  case pending

  /// Outcomes that an attempt can end with; the other two are of the plan and of the journal.
  package static let ofAttempts: [Outcome] = allCases.filter { $0 != .excluded && $0 != .pending }
}
