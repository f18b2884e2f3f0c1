internal import TenkenModel

/// The seam to the terminals: a way to get a session on one. SSH is one, a rehearsal another; one conformance suite
/// runs against all of them.
package protocol Transport: Sendable {
  /// Connects, proves the host key, logs in, and lends the session to `body`; the session is closed when `body`
  /// returns, and at once when the task is cancelled. Returns no later than the endpoint's deadlines, plus one second.
  ///
  /// - Throws: why there was no session. What happens after one was had is told by `Session.execute`.
  func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value
}

/// A terminal that is logged in to.
package protocol Session: Sendable {
  var evidence: ContactEvidence { get }

  /// Runs one remote program to its end, its deadline or its byte budget. A program that exits otherwise than with 0
  /// is a result; so is a link that dies, with what had come until then.
  func execute(_ program: RemoteProgram) async -> Execution
}
