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
  /// What new host keys are taken by; `nil` where they are not.
  let newKeys: AcceptedHostKeys?
  private let environment = World.current.environment

  init(_ scope: Scope, inventory: Inventory) {
    self.scope = scope
    self.inventory = inventory
    newKeys = scope.acceptedHostKeys()
  }

  func withTransport<Value: Sendable>(_ body: (AnyTransport) async throws -> Value) async throws -> Value {
    switch scope.transport {
    case .ssh, .openssh: return try await withBothClients(body)
    case .local: return try await body(LocalTransport())
    case .rehearsal: return try await body(RehearsalTransport(seed: scope.seed, clock: ContinuousClock()))
    }
  }

  /// Who speaks to the terminals of a site that says nothing of it.
  var client: SSHClient { scope.transport == .openssh ? .openSSH : .builtIn }

  /// Whether the system's ssh(1) stands by for terminals that Tenken's own client cannot speak to.
  var canFallBack: Bool { [.ssh, .openssh].contains(scope.transport) && (try? ssh()) != nil }

  /// Tenken's own client, and beside it the system's ssh(1), where there is one.
  private func withBothClients<Value: Sendable>(_ body: (AnyTransport) async throws -> Value) async throws -> Value {
    sayLostHostKeys()
    let ssh = isOpenSSHAsked ? try self.ssh() : try? self.ssh()
    return try await withSSHTransport(of: inventory, usual: client, newKeys: newKeys, environment: environment) {
      builtIn in
      guard let ssh else { return try await body(routed(builtIn: builtIn, openSSH: nil)) }
      return try await withOpenSSHTransport(
        ssh, of: inventory, usual: client, newKeys: newKeys, configuration: scope.sshConfig, environment: environment
      ) { openSSH in
        try await body(routed(builtIn: builtIn, openSSH: openSSH))
      }
    }
  }

  private func ssh() throws(Failure) -> SystemProgram { try SystemProgram("ssh", searchPath: environment["PATH"]) }

  private var isOpenSSHAsked: Bool { inventory.sites.contains { ($0.client ?? client) == .openSSH } }

  /// One whose contacts end with the host key, through the client that a contact asks for.
  func withScanningTransport<Value: Sendable>(
    _ body: (AnyTransport) async throws -> Value
  ) async throws -> Value {
    sayLostHostKeys()
    let ssh = isOpenSSHAsked ? try self.ssh() : try? self.ssh()
    return try await withHostKeyScan(of: inventory, environment: environment) { builtIn in
      guard let ssh else { return try await body(routed(builtIn: builtIn, openSSH: nil)) }
      return try await withOpenSSHKeyScan(ssh, of: inventory, environment: environment) { openSSH in
        try await body(routed(builtIn: builtIn, openSSH: openSSH))
      }
    }
  }

  /// A line that cannot be read proves nobody, so its terminals would end `host-key-unknown`: say so beforehand.
  private func sayLostHostKeys() {
    for problem in HostKeysOnRecord(of: inventory).problems {
      World.current.errors.line(problem.description.escapedForPeople(maxLength: 600))
    }
  }
}
