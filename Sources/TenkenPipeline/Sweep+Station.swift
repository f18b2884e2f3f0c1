internal import TenkenModel
internal import TenkenSweep
internal import TenkenTransport

extension Set<LimitOverride> {
  /// For whoever wants to know how many there are that no limit would bear.
  static let everyLimit = Set(PauseLimits.outcomes.map { LimitOverride($0) })
}

extension Sweep where C == ContinuousClock {
  /// A sweep on this station: its clocks, and nonces from the system's generator.
  init(
    _ plan: Plan, over transport: any Transport, seed: UInt64, now: @escaping @Sendable () -> Timestamp,
    client: SSHClient = .builtIn, canFallBack: Bool = false, doubts: Doubts = Doubts(),
    overrides: Set<LimitOverride> = []
  ) {
    self.init(
      plan: plan, transport: transport, seed: seed, clock: ContinuousClock(), now: now,
      nonces: {
        var generator = SystemRandomNumberGenerator()
        return Nonce(using: &generator)
      }, client: client, canFallBack: canFallBack, doubts: doubts, overrides: overrides,
      offset: { WorldClock.offset(of: $0, at: $1) })
  }
}
