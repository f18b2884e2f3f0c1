package import TenkenModel
package import TenkenTransport

/// Contacts that ask a host for its key and leave before anything is shown to it.
///
/// What is on record restricts nothing: all types of keys that Tenken speaks are offered, those on record first, so that
/// a host that has keys of several types proves the one that a sweep would ask for.
package struct HostKeyScan: Transport {
  let transport: SSHTransport
  let found: @Sendable (ID<Terminal>, HostKey) -> Void

  package func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    let nothing = KnownHosts([], file: "").record(host: endpoint.address, port: endpoint.port)
    let record = transport.record(of: endpoint)
    let session = try await transport.withConnection(to: endpoint, nothing, preferring: record.types) {
      connection throws(ContactFailure) in
      let key = try await connection.scan()
      found(endpoint.terminal, key)
      return ScannedHost(key, on: record, dialled: await connection.evidence.dialled)
    }
    return await body(session)
  }
}

/// Lends a transport that asks the hosts of an inventory for their keys, and ends it with everything that it holds. Of
/// the credentials only those of gateways are loaded: nobody else is logged in to, and on a fleet's first day there may
/// be no other.
package func withHostKeyScan<Value: Sendable>(
  of inventory: Inventory, heldKeys: [HeldKey] = [], environment: [String: String], now: Timestamp,
  _ body: (HostKeyScan) async throws -> Value
) async throws -> Value {
  let used = Set(inventory.gateways.map(\.credential)).sorted()
  return try await withSSHTransport(
    credentials: used.compactMap { inventory.credentials[$0] }, knownHosts: KnownHosts(of: inventory),
    heldKeys: heldKeys, environment: environment, now: now
  ) { transport in try await body(transport.scanning { _, _ in }) }
}
