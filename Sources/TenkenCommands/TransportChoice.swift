internal import TenkenLocal
internal import TenkenModel
internal import TenkenOpenSSH
internal import TenkenPipeline
internal import TenkenRehearsal
internal import TenkenSSH

/// The only place where a transport is chosen.
struct TransportChoice {
  private let scope: Scope
  private let inventory: Inventory
  private let environment = World.current.environment

  init(_ scope: Scope, inventory: Inventory) {
    self.scope = scope
    self.inventory = inventory
  }

  /// What a sweep runs over.
  struct Lent {
    let transport: AnyTransport
    /// Who speaks to the terminals of a site that says nothing of it.
    var usual = SSHClient.builtIn
    /// Whether the system's ssh is there for terminals that Tenken's own client cannot speak to.
    var canFallBack = false
  }

  func withTransport<Value: Sendable>(_ body: (Lent) async throws -> Value) async throws -> Value {
    switch scope.transport {
    case .ssh: return try await withClients(usual: .builtIn, body)
    case .openssh: return try await withClients(usual: .openSSH, body)
    case .local: return try await body(Lent(transport: LocalTransport()))
    case .rehearsal:
      return try await body(Lent(transport: RehearsalTransport(seed: scope.seed, clock: ContinuousClock())))
    }
  }

  /// Tenken's own client, and beside it the system's ssh(1), where there is one.
  private func withClients<Value: Sendable>(
    usual: SSHClient, _ body: (Lent) async throws -> Value
  ) async throws -> Value {
    sayLostHostKeys()
    let isAsked = inventory.sites.contains { ($0.client ?? usual) == .openSSH }
    let ssh = isAsked ? try self.ssh() : try? self.ssh()
    return try await withSSHTransport(of: inventory, usual: usual, environment: environment) { builtIn in
      guard let ssh else { return try await body(Lent(transport: routed(builtIn: builtIn, openSSH: nil))) }
      return try await withOpenSSHTransport(
        ssh, of: inventory, usual: usual, configuration: scope.sshConfig, environment: environment
      ) { openSSH in
        try await body(
          Lent(transport: routed(builtIn: builtIn, openSSH: openSSH), usual: usual, canFallBack: true))
      }
    }
  }

  private func ssh() throws(Failure) -> SystemProgram { try SystemProgram("ssh", searchPath: environment["PATH"]) }

  /// A line that cannot be read proves nobody, so its terminals would end `host-key-unknown`: say so beforehand.
  private func sayLostHostKeys() {
    for problem in HostKeysOnRecord(of: inventory).problems {
      World.current.errors.line(problem.description.escapedForPeople(maxLength: 600))
    }
  }
}
