import TenkenModel
import TenkenPlan
import TenkenSweep
import TenkenTestSupport
import TenkenTransport
import Testing

/// Sweeps of a site behind a jump host that fails in ways of its own.
@Suite(.timeLimit(.minutes(1)))
struct GatewaySweepTests {
  private let clock = ManualClock()
  private let recorder = Recorder()
  private let contacts = EventLog()

  private func run(
    client: SSHClient = .builtIn, retries: Int = 2,
    _ behaviour: @escaping @Sendable (Endpoint) -> ScriptedTransport.Behaviour
  ) async throws -> SweepEnding {
    let plan = SampleFleet.plan(
      SampleFleet.inventory(
        [(SampleFleet.site("tokyo", gateways: ["jump"]), 6)], gateways: [SampleFleet.gateway("jump")],
        limits: Limits(concurrency: 1, retries: retries)), checks: [Check.sample("log.wtmp")])
    let sweep = Sweep(
      plan: plan, transport: ScriptedTransport(clock: clock, behaviour: behaviour), seed: 1, clock: clock,
      now: { Timestamp(milliseconds: 0) },
      nonces: {
        var generator = SystemRandomNumberGenerator()
        return Nonce(using: &generator)
      }, client: client, canFallBack: true)
    return try await clock.running {
      try await sweep.run(
        signals: AsyncStream { _ in }, recording: { try await recorder.record($0) },
        holding: { try await recorder.hold($0) }, events: { contacts.append($0) })
    }
  }

  private static func fault(_ outcome: Outcome, didAuthenticate: Bool = false) -> ContactFailure {
    ContactFailure(at: GatewayFault("jump", outcome, "said", didAuthenticate: didAuthenticate))
  }

  @Test func `a gateway that only the fallback cannot pass holds up nobody else`() async throws {
    let ending = try await run { endpoint in
      if endpoint.client == .openSSH { return .fails(Self.fault(.unreachable)) }
      return endpoint.terminal == "tokyo-1"
        ? .fails(ContactFailure(.unsupported, "no algorithm in common", isForOpenSSH: true)) : .answers
    }
    #expect(ending == .finished)
    let runs = await recorder.runs
    #expect(runs.filter { $0.outcome == .inspected }.count == 5)
    let old = await recorder.attempts(at: "tokyo-1")
    #expect(old.map(\.outcome) == [.unsupported, .unreachable, .unreachable, .unreachable])
    #expect(old.map(\.isFinal) == [false, false, false, true])
    let reason = "gateway jump: said (the system's ssh; Tenken's own: no algorithm in common)"
    #expect(old.last?.reason == reason)
    #expect(await recorder.conditions.isEmpty)
  }

  @Test func `a login that the gateway refused to the fallback is not made again`() async throws {
    let ending = try await run { endpoint in
      endpoint.client == .openSSH
        ? .fails(Self.fault(.authFailed, didAuthenticate: true))
        : .fails(ContactFailure(.unsupported, "no algorithm in common", isForOpenSSH: true))
    }
    #expect(ending == .finished)
    #expect(await recorder.runs.count == 12)
  }

  @Test(arguments: [Outcome.authFailed, .hostKeyMismatch, .hostKeyUnknown, .hostile, .unsupported])
  func `a gateway that will not be another one in a minute is given up at once`(outcome: Outcome) async throws {
    let ending = try await run { _ in .fails(Self.fault(outcome, didAuthenticate: outcome == .authFailed)) }
    #expect(ending == .waiting(pending: 6))
    #expect(contacts.contacted == 1)
    let conditions = await recorder.conditions
    #expect(conditions.map(\.standing) == [.givenUp])
    #expect(conditions.map(\.outcome) == [outcome])
  }

  @Test func `a gateway that timed out is tried again, unless a login may have been counted there`() async throws {
    _ = try await run { _ in .fails(Self.fault(.timedOut)) }
    #expect(contacts.contacted == 6)
    _ = try await run { _ in .fails(Self.fault(.timedOut, didAuthenticate: true)) }
    #expect(contacts.contacted == 7)
  }

  @Test func `the system's ssh is stopped at a gateway like anybody where it is the site's own client`() async throws {
    let ending = try await run(client: .openSSH) { _ in .fails(Self.fault(.unreachable)) }
    #expect(ending == .waiting(pending: 6))
    #expect(await recorder.runs.isEmpty)
  }
}
