import TenkenModel
import TenkenPlan
import TenkenSweep
import TenkenTestSupport
import TenkenTransport

/// A sweep over a scripted transport and a clock that a test moves, with everything that it records and tells.
struct SweepBench {
  let clock = ManualClock()
  let recorder: Recorder
  let log = EventLog()
  let contacts = ContactLog()
  let inventory: Inventory
  let catalogue = SampleFleet.catalogue([Check.sample("access.keys"), Check.sample("log.wtmp")])
  let signals: AsyncStream<SweepSignal>
  let signal: AsyncStream<SweepSignal>.Continuation

  init(
    _ sites: [(site: Site, terminals: Int)], gateways: [Gateway] = [], limits: Limits = Limits(),
    recorder: Recorder = Recorder()
  ) {
    inventory = SampleFleet.inventory(sites, gateways: gateways, limits: limits)
    self.recorder = recorder
    (signals, signal) = AsyncStream.makeStream()
  }

  /// The rest of the sweep, as whoever resumes it plans it.
  func run(
    client: SSHClient = .builtIn, canFallBack: Bool = false, overrides: Set<LimitOverride> = [],
    signals: AsyncStream<SweepSignal>? = nil,
    _ behaviour: @escaping @Sendable (Endpoint) -> ScriptedTransport.Behaviour
  ) async throws -> SweepEnding {
    let plan = try Planner.plan(
      inventory: inventory, catalogue: catalogue, scope: Scope(limits: inventory.limits), isSelected: { _ in true },
      settled: await recorder.settled)
    let transport = ScriptedTransport(clock: clock) { endpoint in
      contacts.append(endpoint, at: clock.now.offset)
      return behaviour(endpoint)
    }
    let sweep = Sweep(
      plan: plan, transport: transport, seed: 1, clock: clock, now: { Timestamp(milliseconds: 0) },
      nonces: {
        var generator = SystemRandomNumberGenerator()
        return Nonce(using: &generator)
      }, client: client, canFallBack: canFallBack, doubts: await recorder.doubts,
      overrides: overrides)
    return try await sweep.run(
      signals: signals ?? self.signals, recording: { try await recorder.record($0) },
      holding: { try await recorder.hold($0) }, events: { log.append($0) })
  }
}
