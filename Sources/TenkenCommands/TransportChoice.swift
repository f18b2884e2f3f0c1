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

  /// Tenken's own client, and beside it the system's ssh(1), where there is one. Whoever is to be asked for a passphrase
  /// is asked here, once for both, before anything is contacted.
  private func withBothClients<Value: Sendable>(_ body: (AnyTransport) async throws -> Value) async throws -> Value {
    sayLostHostKeys()
    let ssh = isOpenSSHAsked ? try self.ssh() : try? self.ssh()
    let now = World.current.now()
    return try await withPrivateAgents(for: encryptedKeyFiles(at: now), environment: environment) { keys in
      try await withSSHTransport(
        of: inventory, usual: client, newKeys: newKeys, heldKeys: keys, environment: environment, now: now
      ) { builtIn in
        for note in builtIn.notes { World.current.errors.line("tenken: \(note)".escapedForPeople(maxLength: 600)) }
        guard let ssh else { return try await body(routed(builtIn: builtIn, openSSH: nil)) }
        return try await withOpenSSHTransport(
          ssh, of: inventory, usual: client, newKeys: newKeys, heldKeys: keys, configuration: scope.sshConfig,
          environment: environment
        ) { openSSH in
          try await body(routed(builtIn: builtIn, openSSH: openSSH))
        }
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
    let now = World.current.now()
    return try await withPrivateAgents(for: gatewayKeyFiles(at: now), environment: environment) { keys in
      try await withHostKeyScan(of: inventory, heldKeys: keys, environment: environment, now: now) { builtIn in
        guard let ssh else { return try await body(routed(builtIn: builtIn, openSSH: nil)) }
        return try await withOpenSSHKeyScan(ssh, of: inventory, heldKeys: keys, environment: environment) { openSSH in
          try await body(routed(builtIn: builtIn, openSSH: openSSH))
        }
      }
    }
  }

  /// The encrypted ones of the only credentials that a scan logs in with.
  private func gatewayKeyFiles(at now: Timestamp) throws(Failure) -> [String] {
    let used = Set(inventory.gateways.map(\.credential)).sorted()
    return try SSHLibrary.encryptedKeyFiles(
      of: used.compactMap { inventory.credentials[$0] }, environment: environment, now: now)
  }

  private func encryptedKeyFiles(at now: Timestamp) throws(Failure) -> [String] {
    try SSHLibrary.encryptedKeyFiles(
      of: inventory.credentials(for: .builtIn, usual: client),
      others: inventory.credentials(for: .openSSH, usual: client), environment: environment, now: now)
  }

  /// A line that cannot be read proves nobody, so its terminals would end `host-key-unknown`: say so beforehand.
  private func sayLostHostKeys() {
    for problem in HostKeysOnRecord(of: inventory).problems {
      World.current.errors.line(problem.description.escapedForPeople(maxLength: 600))
    }
  }
}
