package import TenkenModel
package import TenkenTransport

/// Contacts that ask a host for its key over the system's ssh(1) and leave before anything is shown to it: for hosts
/// that the built-in client has no algorithm in common with. `withOpenSSHKeyScan` makes one.
package struct OpenSSHKeyScan: Transport {
  let transport: OpenSSHTransport

  package func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    let (key, dialled) = try await transport.withContact(
      to: endpoint, over: try transport.legs(toKeyOf: endpoint)
    ) { contact in await Self.shownKey(over: contact) }
    let record = transport.knownHosts.record(
      host: endpoint.address, port: endpoint.port, pinned: endpoint.pinnedKeys)
    return await body(ScannedHost(key, on: record, dialled: dialled))
  }

  /// ssh(1) finds no key on record and goes, which is what was wanted of it.
  private static func shownKey(
    over contact: ClientContact
  ) async -> Result<(key: HostKey, dialled: String?), ClientContact.Failed> {
    switch await contact.run({ _ in }) {
    case .failure(let failed):
      guard failed.failure.outcome == .hostKeyUnknown, let key = failed.shown else { return .failure(failed) }
      return .success((key, failed.failure.evidence.dialled))
    case .success:
      let failure = ContactFailure(.hostile, "it was logged in to without a key on record")
      return .failure(ClientContact.Failed(failure: failure, shown: nil, hasLink: true))
    }
  }
}

/// Lends a transport that asks the hosts of an inventory for their keys through ssh(1), and removes everything that it
/// needed. Of the credentials only those of gateways are looked at.
///
/// - Parameters: as those of `withOpenSSHTransport`.
package func withOpenSSHKeyScan<Value: Sendable>(
  _ ssh: SystemProgram, of inventory: Inventory, heldKeys: [HeldKey] = [], environment: [String: String],
  _ body: (OpenSSHKeyScan) async throws -> Value
) async throws -> Value {
  let used = Set(inventory.gateways.map(\.credential)).sorted()
  return try await withOpenSSHTransport(
    ssh, credentials: [], further: used.compactMap { inventory.credentials[$0] },
    knownHosts: KnownHosts(of: inventory), heldKeys: heldKeys, environment: environment
  ) { transport in try await body(OpenSSHKeyScan(transport: transport)) }
}
