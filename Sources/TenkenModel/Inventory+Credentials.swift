extension Inventory {
  /// The credentials that log in where this client speaks SSH, those of the gateways on the way included; by name.
  ///
  /// - Parameter usual: who speaks to the terminals of sites that say nothing of it.
  package func credentials(for client: SSHClient, usual: SSHClient) -> [Credential] {
    let sites = sites.filter { ($0.client ?? usual) == client }
    let (ids, gatewayIDs) = (Set(sites.map(\.id)), Set(sites.flatMap(\.gateways)))
    let used = Set(terminals.filter { ids.contains($0.site) }.map(\.credential))
      .union(gateways.filter { gatewayIDs.contains($0.id) }.map(\.credential))
    return used.sorted().compactMap { credentials[$0] }
  }
}
