internal import TenkenModel
package import TenkenTransport

/// Runs remote programs on this machine: to test checks on their specimens, and to inspect the station itself.
package struct LocalTransport: Transport {
  private let shell: [String]
  private let clock: any Clock<Duration>

  /// - Parameter shell: the words that start the shell that stands in for a terminal's `sh`.
  package init(shell: [String] = ["sh"], clock: any Clock<Duration> = ContinuousClock()) {
    self.shell = shell
    self.clock = clock
  }

  package func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    // What is seen here says nothing of a terminal elsewhere.
    guard Self.isHere(endpoint.address) else {
      throw ContactFailure(
        .unsupported, "the local transport inspects this machine only, at 127.0.0.1, ::1 or localhost")
    }
    return await body(LocalSession(shell: shell, limits: endpoint.limits, clock: clock))
  }

  private static func isHere(_ address: String) -> Bool { ["127.0.0.1", "::1", "localhost"].contains(address) }
}
