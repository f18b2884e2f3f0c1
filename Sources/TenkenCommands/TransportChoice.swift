internal import TenkenLocal
internal import TenkenModel
internal import TenkenPipeline
internal import TenkenRehearsal
internal import TenkenSSH

/// The only place where a transport is chosen.
struct TransportChoice {
  private let transport: Scope.Transport
  private let seed: UInt64
  private let inventory: Inventory

  init(_ transport: Scope.Transport, seed: UInt64, inventory: Inventory) {
    self.transport = transport
    self.seed = seed
    self.inventory = inventory
  }

  func withTransport<Value: Sendable>(_ body: (AnyTransport) async throws -> Value) async throws -> Value {
    switch transport {
    case .ssh:
      sayLostHostKeys()
      return try await withSSHTransport(of: inventory, environment: World.current.environment) { try await body($0) }
    case .local: return try await body(LocalTransport())
    case .rehearsal: return try await body(RehearsalTransport(seed: seed, clock: ContinuousClock()))
    }
  }

  /// A line that cannot be read proves nobody, so its terminals would end `host-key-unknown`: say so beforehand.
  private func sayLostHostKeys() {
    for problem in HostKeysOnRecord(of: inventory).problems {
      World.current.errors.line(problem.description.escapedForPeople(maxLength: 600))
    }
  }
}
