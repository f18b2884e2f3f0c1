import NIOCore
import NIOPosix
package import TenkenModel
package import TenkenTransport

/// Terminals over SSH: SwiftNIO moves the bytes, libssh2 speaks the protocol, the keys were loaded beforehand.
/// `withSSHTransport` makes one.
package struct SSHTransport: Transport {
  let loop: any EventLoop
  let executor: LoopTaskExecutor
  let knownHosts: KnownHosts
  /// Where there are some, terminals whose key is not on record are contacted all the same.
  let newKeys: NewHostKeys?
  let identities: Identities
  let resolver: NameResolver
  let gateways: Gateways

  /// What a person should know of the keys before anything is contacted.
  package var notes: [String] { identities.notes }

  /// As the seam has it. What `body` does between its waits runs on the event loop of every contact: waking another
  /// thread and back costs as much as a fifth of a contact. So `body` waits for the session and leaves work for later.
  package func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    try await withSSHSession(on: endpoint) { session in await body(session) }
  }

  /// The same, with what only SSH has.
  package func withSSHSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (SSHSession) async -> Value
  ) async throws(ContactFailure) -> Value {
    guard let identity = identities[endpoint.credential.identity] else {
      throw ContactFailure(.authFailed, "the key of credential \(endpoint.credential.name) was not loaded")
    }
    return try await withConnection(to: endpoint, record(of: endpoint)) { connection throws(ContactFailure) in
      let evidence = try await connection.logIn(as: identity)
      return await body(SSHSession(connection: connection, evidence: evidence))
    }
  }

  /// A transport whose contacts end with the key that the host proves to have: see `HostKeyScan`.
  ///
  /// - Parameter found: is told of each key as it comes, on the event loop of every contact.
  package func scanning(found: @escaping @Sendable (ID<Terminal>, HostKey) -> Void) -> HostKeyScan {
    HostKeyScan(transport: self, found: found)
  }

  func record(of endpoint: Endpoint) -> HostKeyRecord {
    knownHosts.record(host: endpoint.address, port: endpoint.port, pinned: endpoint.pinnedKeys)
  }

  /// Lends a connection that has not begun, and frees it with everything that it holds.
  func withConnection<Value: Sendable>(
    to endpoint: Endpoint, _ record: HostKeyRecord, preferring preferred: [String] = [],
    _ body: (SSHConnection) async throws(ContactFailure) -> Value
  ) async throws(ContactFailure) -> Value {
    let connection = SSHConnection(
      to: endpoint, record, preferring: preferred, newKeys: newKeys, by: gateways, resolver, on: loop)
    return try await connection.lent(on: executor, to: body)
  }
}

/// Loads the keys of these credentials, lends a transport that logs in with them, and ends it with everything that it
/// holds: threads, sockets, keys. `body` runs on the event loop: it may compute for milliseconds, but not wait in place.
///
/// - Parameters:
///   - newKeys: where given, a terminal whose key is not on record is logged in to if they accept it; its evidence says
///     that the key is unknown. Jump hosts are not: their keys must be on record.
///   - heldKeys: where the keys of encrypted files can be used; see `SSHLibrary.encryptedKeyFiles`.
///   - environment: `SSH_AUTH_SOCK` is where the ssh-agent is, `HOME` what `~/` stands for.
///   - now: when certificates must be valid.
/// - Throws: a `Failure` where a key cannot be used, before anything was contacted; and what `body` throws.
package func withSSHTransport<Value: Sendable>(
  credentials: [Credential], knownHosts: KnownHosts, newKeys: NewHostKeys? = nil, heldKeys: [HeldKey] = [],
  environment: [String: String], now: Timestamp, _ body: (SSHTransport) async throws -> Value
) async throws -> Value {
  let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  let resolver = NameResolver()
  let agent = environment["SSH_AUTH_SOCK"].flatMap { $0.isEmpty ? nil : AgentClient(path: $0, loop: group.next()) }
  var held: [String: AgentClient] = [:]
  for key in heldKeys { held[key.file] = AgentClient(path: key.socket, loop: group.next()) }
  let result: Result<Value, any Error>
  do {
    let identities = try await Identities(
      credentials, agent: agent, held: held, home: environment["HOME"], now: now)
    let executor = LoopTaskExecutor(group.next())
    let gateways = Gateways(on: executor, knownHosts, identities, resolver)
    let transport = SSHTransport(
      loop: executor.loop, executor: executor, knownHosts: knownHosts, newKeys: newKeys, identities: identities,
      resolver: resolver, gateways: gateways)
    // Between two contacts, too, there is then no other thread to wake.
    result = .success(
      try await withTaskExecutorPreference(executor) { try await gateways.held { try await body(transport) } })
  } catch {
    result = .failure(error)
  }
  for agent in [agent].compactMap({ $0 }) + held.values { await agent.close() }
  await resolver.shutdown()
  try await group.shutdownGracefully()
  return try result.get()
}

/// The same for an inventory: its host keys, and the credentials of the sites that are not the system's ssh(1)'s, with
/// those of their gateways.
///
/// - Parameter usual: who speaks to the terminals of sites that say nothing of it.
package func withSSHTransport<Value: Sendable>(
  of inventory: Inventory, usual: SSHClient = .builtIn, newKeys: NewHostKeys? = nil, heldKeys: [HeldKey] = [],
  environment: [String: String], now: Timestamp, _ body: (SSHTransport) async throws -> Value
) async throws -> Value {
  try await withSSHTransport(
    credentials: inventory.credentials(for: .builtIn, usual: usual), knownHosts: KnownHosts(of: inventory),
    newKeys: newKeys, heldKeys: heldKeys, environment: environment, now: now, body)
}
