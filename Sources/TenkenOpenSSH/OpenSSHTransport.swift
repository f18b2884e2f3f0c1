package import TenkenModel
package import TenkenTransport

/// Terminals over the system's ssh(1): a process each, and one more for each jump host on the way. For what the
/// built-in client does not speak. `withOpenSSHTransport` makes one.
package struct OpenSSHTransport: Transport {
  /// The path of ssh(1).
  let program: String
  let searchPath: String
  let knownHosts: KnownHosts
  /// Where there are some, terminals whose key is not on record are contacted all the same.
  let newKeys: NewHostKeys?
  let identities: OpenSSHIdentities
  let userConfiguration: UserConfiguration?
  /// Where contacts have their directories.
  let base: String
  let nonces: @Sendable () -> Nonce
  let clock: any Clock<Duration>

  package func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    try await withContact(to: endpoint, over: try legs(to: endpoint)) { contact in await first(contact, body) }
  }

  /// Tries the addresses of the way one after the other until one of them is reached.
  func withContact<Value: Sendable>(
    to endpoint: Endpoint, over way: [Leg],
    _ body: (ClientContact) async -> Result<Value, ClientContact.Failed>
  ) async throws(ContactFailure) -> Value {
    var legs = way
    let addresses = try await addresses(of: legs, endpoint)
    let userLines = try await userLines(of: legs, within: endpoint.limits.connectTimeout)
    var failed: ClientContact.Failed?
    for address in addresses {
      legs[0].address = address
      let contact = contact(endpoint, legs, userLines, oneOf: addresses.count)
      switch await body(contact) {
      case .success(let value): return value
      case .failure(let failure): failed = failure
      }
      guard failed?.hasLink == false, !Task.isCancelled else { break }
    }
    throw failed?.failure ?? ContactFailure(.unreachable, "no address")
  }

  /// A terminal that shows a key for the first time is left again, and contacted anew with that key on record: nothing
  /// is authenticated before it is known whether the key may be taken.
  private func first<Value: Sendable>(
    _ contact: ClientContact, _ body: (any Session) async -> Value
  ) async -> Result<Value, ClientContact.Failed> {
    let result: Result<Value, ClientContact.Failed> = await contact.run(body)
    guard case .failure(let failed) = result, failed.failure.outcome == .hostKeyUnknown,
      failed.failure.gateway == nil, let newKeys, let key = failed.shown
    else { return result }
    guard newKeys.mayAccept(key, of: contact.terminal) else { return .failure(failed.showingAnother(key)) }
    let second = await contact.accepting(key).run(body)
    // Only a login proves that the key is the host's: until then it binds nobody.
    switch second {
    case .failure(let failed) where failed.shown.map { $0 != key } ?? false:
      return .failure(failed.showingAnother(failed.shown ?? key))
    case .failure(let failed) where !failed.failure.didAuthenticate: break
    default: _ = newKeys.accepts(key, of: contact.terminal)
    }
    return second
  }

  private func contact(
    _ endpoint: Endpoint, _ legs: [Leg], _ userLines: [[String]], oneOf addresses: Int
  ) -> ClientContact {
    var limits = endpoint.limits
    let whole = (limits.connectTimeout + limits.loginTimeout) * legs.count
    limits.connectTimeout /= addresses
    let configuration = ClientConfiguration(
      legs: legs, program: program, userLines: userLines, nonce: nonces(),
      connectTimeout: Int(clamping: whole.components.seconds) + 5)
    return ClientContact(
      configuration: configuration, terminal: endpoint.terminal, limits: limits, base: base, searchPath: searchPath,
      clock: clock, gauge: endpoint.gauge)
  }
}

/// Finds the keys of these credentials, lends a transport that logs in with them through ssh(1), and removes everything
/// that it needed.
///
/// - Parameters:
///   - ssh: the program `ssh`.
///   - credentials: those whose keys must be usable.
///   - further: those whose keys may turn out not to be; contacts that need one say so.
///   - newKeys: where given, terminals whose key is not on record are contacted all the same. Jump hosts are not.
///   - heldKeys: encrypted key files that private agents hold.
///   - configuration: a ssh_config(5) file that is to be honoured, in what `UserConfiguration` lists.
///   - environment: `PATH`, `SSH_AUTH_SOCK`, `HOME` and `TMPDIR`.
/// - Throws: a `Failure` where a key cannot be used, before anything was contacted; and what `body` throws.
package func withOpenSSHTransport<Value: Sendable>(
  _ ssh: SystemProgram, credentials: [Credential], further: [Credential] = [], knownHosts: KnownHosts,
  newKeys: NewHostKeys? = nil, heldKeys: [HeldKey] = [], configuration: String? = nil, environment: [String: String],
  clock: any Clock<Duration> = ContinuousClock(), _ body: (OpenSSHTransport) async throws -> Value
) async throws -> Value {
  let identities = try await OpenSSHIdentities(credentials + further, held: heldKeys, environment: environment)
  for credential in credentials { _ = try identities[credential] }
  let userConfiguration = configuration.map {
    UserConfiguration(file: $0.atHome(environment["HOME"]), program: ssh.path)
  }
  try await userConfiguration?.examine(clock)
  let directory = try ClientDirectory(environment: environment)
  defer { directory.remove() }
  return try await body(
    OpenSSHTransport(
      program: ssh.path, searchPath: environment["PATH"] ?? "/usr/bin:/bin", knownHosts: knownHosts, newKeys: newKeys,
      identities: identities, userConfiguration: userConfiguration, base: directory.path,
      nonces: {
        var generator = SystemRandomNumberGenerator()
        return Nonce(using: &generator)
      }, clock: clock))
}

/// The same for an inventory: its host keys, and the credentials of its terminals and gateways. Only the keys of the
/// sites that are ssh(1)'s must be usable; the others' terminals come to it where the built-in client lacks an algorithm.
///
/// - Parameter usual: who speaks to the terminals of sites that say nothing of it.
package func withOpenSSHTransport<Value: Sendable>(
  _ ssh: SystemProgram, of inventory: Inventory, usual: SSHClient, newKeys: NewHostKeys? = nil,
  heldKeys: [HeldKey] = [], configuration: String? = nil, environment: [String: String],
  _ body: (OpenSSHTransport) async throws -> Value
) async throws -> Value {
  try await withOpenSSHTransport(
    ssh, credentials: inventory.credentials(for: .openSSH, usual: usual),
    further: inventory.credentials(for: .builtIn, usual: usual), knownHosts: KnownHosts(of: inventory),
    newKeys: newKeys, heldKeys: heldKeys, configuration: configuration, environment: environment, body)
}

extension String {
  /// `~/` at the start of a path stands for a home.
  func atHome(_ home: String?) -> String { hasPrefix("~/") ? (home ?? "~") + dropFirst() : self }
}
