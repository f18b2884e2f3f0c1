internal import TenkenModel
internal import TenkenSweep
internal import TenkenTransport

extension Sweep where C == ContinuousClock {
  /// A sweep on this station: its clocks, and nonces from the system's generator.
  init(
    _ plan: Plan, over transport: any Transport, seed: UInt64, now: @escaping @Sendable () -> Timestamp,
    client: SSHClient = .builtIn, canFallBack: Bool = false, doubtful: Set<ID<Gateway>> = []
  ) {
    self.init(
      plan: plan, transport: transport, seed: seed, clock: ContinuousClock(), now: now,
      nonces: {
        var generator = SystemRandomNumberGenerator()
        return Nonce(using: &generator)
      }, client: client, canFallBack: canFallBack, doubtful: doubtful)
  }
}
