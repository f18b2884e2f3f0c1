internal import TenkenModel
package import TenkenTransport

/// A fleet without a network, for training and load tests: no packet leaves the station, and everything behind the
/// seam (frames, judgement, journal, reports) is the real thing.
///
/// What each terminal does is a function of the seed, its id and the number of the attempt. Every reason that it gives
/// says that it was rehearsed.
package struct RehearsalTransport<C: Clock<Duration>>: Transport {
  private let seed: UInt64
  private let faults: RehearsalFaults
  private let pace: Duration
  private let clock: C

  /// - Parameters:
  ///   - pace: the mean time that a contact takes, half of it until the login, half of it for the checks; zero to
  ///     answer at once. A terminal that hangs does so for this time, not for its deadline.
  package init(seed: UInt64, faults: RehearsalFaults = .ordinary, pace: Duration = .zero, clock: C) {
    self.seed = seed
    self.faults = faults
    self.pace = pace
    self.clock = clock
  }

  package func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    let terminal = RehearsedTerminal(endpoint, seed: seed, faults: faults)
    let half = pace * terminal.slowness / 2
    try await connect(to: endpoint, taking: half)
    let evidence = ContactEvidence(hostKey: terminal.hostKey, dialled: Self.dialled(endpoint))
    if let failure = Self.failure(of: terminal.fate, on: endpoint, evidence: evidence) { throw failure }
    return await body(
      RehearsalSession(
        evidence: evidence, terminal: terminal, faults: faults, limits: endpoint.limits, running: half, clock: clock))
  }

  private func connect(to endpoint: Endpoint, taking time: Duration) async throws(ContactFailure) {
    let deadline = endpoint.limits.connectTimeout
    if time > .zero {
      do {
        try await clock.sleep(for: min(time, deadline))
      } catch {
        throw ContactFailure(.unreachable, "cancelled")
      }
    }
    guard time <= deadline else { throw ContactFailure(.unreachable, "no answer within \(deadline.text) (rehearsed)") }
  }

  private static func failure(
    of fate: RehearsedTerminal.Fate, on endpoint: Endpoint, evidence: ContactEvidence
  ) -> ContactFailure? {
    let beforeKey = ContactEvidence(dialled: evidence.dialled)
    let login = endpoint.limits.loginTimeout.text
    return switch fate {
    case .answers, .losesLink: nil
    case .refuses: ContactFailure(.unreachable, "connection refused (rehearsed)", evidence: beforeKey)
    case .hangs: ContactFailure(.timedOut, "no answer within \(login) (banner; rehearsed)", evidence: beforeKey)
    case .hasUnknownKey: ContactFailure(.hostKeyUnknown, "no key on record (rehearsed)", evidence: evidence)
    case .hasOtherKey: ContactFailure(.hostKeyMismatch, "not the key on record (rehearsed)", evidence: evidence)
    case .deniesLogin:
      ContactFailure(.authFailed, "\(endpoint.credential.user) was refused (rehearsed)", evidence: evidence)
    }
  }

  private static func dialled(_ endpoint: Endpoint) -> String {
    endpoint.address.contains(":") ? "[\(endpoint.address)]:\(endpoint.port)" : "\(endpoint.address):\(endpoint.port)"
  }
}
