internal import TenkenModel
internal import TenkenTransport

/// How each terminal of an inventory is reached: through which jump hosts, as whom.
struct Routes: Sendable {
  private let sites: [ID<Site>: Site]
  private let gateways: [ID<Gateway>: Gateway]
  private let credentials: [String: Credential]

  init(of inventory: Inventory) {
    sites = Dictionary(inventory.sites.map { ($0.id, $0) }) { first, _ in first }
    gateways = Dictionary(inventory.gateways.map { ($0.id, $0) }) { first, _ in first }
    credentials = inventory.credentials
  }

  /// - Throws: `bug` where the inventory does not hold what it names; whoever made it has seen to that.
  func endpoint(
    of terminal: Terminal, over client: SSHClient, limits: Limits, attempt: Int, gauge: PhaseGauge? = nil
  ) throws(Failure) -> Endpoint {
    guard let site = sites[terminal.site] else { throw Self.missing("site \(terminal.site)", of: "\(terminal.id)") }
    return Endpoint(
      terminal: terminal.id, site: site.id, address: terminal.address, port: terminal.port,
      pinnedKeys: terminal.pinnedKeys, credential: try credential(terminal.credential, of: "\(terminal.id)"),
      networks: site.networks, hops: try hops(to: site), client: client, limits: limits, attempt: attempt,
      gauge: gauge)
  }

  private func hops(to site: Site) throws(Failure) -> [Hop] {
    var hops: [Hop] = []
    for id in site.gateways {
      guard let gateway = gateways[id] else { throw Self.missing("gateway \(id)", of: "site \(site.id)") }
      hops.append(Hop(gateway: gateway, credential: try credential(gateway.credential, of: "gateway \(id)")))
    }
    return hops
  }

  private func credential(_ name: String, of whom: String) throws(Failure) -> Credential {
    guard let credential = credentials[name] else { throw Self.missing("credential \"\(name)\"", of: whom) }
    return credential
  }

  private static func missing(_ what: String, of whom: String) -> Failure {
    Failure(
      .bug, "no \(what), which \(whom) names", why: "the plan's inventory does not hold it", next: "Report this")
  }
}
