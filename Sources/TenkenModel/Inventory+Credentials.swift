extension Inventory {
  /// The credentials that log in where this client speaks SSH, those of the gateways on the way included; by name.
  package func credentials(for client: SSHClient) -> [Credential] {
    let sites = sites.filter { ($0.client ?? .builtIn) == client }
    let (ids, gatewayIDs) = (Set(sites.map(\.id)), Set(sites.flatMap(\.gateways)))
    let used = Set(terminals.filter { ids.contains($0.site) }.map(\.credential))
      .union(gateways.filter { gatewayIDs.contains($0.id) }.map(\.credential))
    return used.sorted().compactMap { credentials[$0] }
  }
}
