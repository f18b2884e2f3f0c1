internal import TenkenModel

/// The hosts of an inventory that show a host key: its terminals and, for a scan, the gateways on the way to them.
struct ScanTargets: Sendable {
  /// With each gateway as a terminal of its own, first in the list, at a site behind the gateways before it.
  let inventory: Inventory
  /// By the id of the terminal that stands for each.
  let gateways: [ID<Terminal>: Gateway]

  /// - Parameter sites: those whose gateways are meant.
  init(_ fleet: Inventory, sites: Set<ID<Site>>) {
    let known = Dictionary(fleet.gateways.map { ($0.id, $0) }) { first, _ in first }
    var names = Names(taken: Set(fleet.terminals.map(\.id.rawValue) + fleet.sites.map(\.id.rawValue)))
    var stands: [(terminal: Terminal, site: Site)] = []
    var byTerminal: [ID<Terminal>: Gateway] = [:]
    for (gateway, path) in Self.paths(fleet, sites) {
      let name = names.next()
      guard let gateway = known[gateway], let id = ID<Terminal>(name), let siteID = ID<Site>(name) else { continue }
      let site = Site(
        id: siteID, name: "gateway \(gateway.id)", networks: Self.networks(of: gateway, in: fleet),
        gateways: path, concurrency: gateway.concurrency)
      let terminal = Terminal(
        id: id, address: gateway.address, port: gateway.port, site: site.id, pinnedKeys: gateway.pinnedKeys,
        credential: gateway.credential)
      byTerminal[terminal.id] = gateway
      stands.append((terminal, site))
    }
    gateways = byTerminal
    inventory = Inventory(
      name: fleet.name, sites: stands.map(\.site) + fleet.sites, gateways: fleet.gateways,
      terminals: stands.map(\.terminal) + fleet.terminals, credentials: fleet.credentials, limits: fleet.limits,
      sources: fleet.sources, digest: fleet.digest)
  }

  /// A gateway need not be in the networks of the sites behind it. Where it is, they allow what they name: loopback.
  private static func networks(of gateway: Gateway, in fleet: Inventory) -> [Network] {
    guard let address = IPAddress(gateway.address) else { return [] }
    return fleet.sites.filter { $0.gateways.contains(gateway.id) }.flatMap(\.networks)
      .filter { $0.contains(address.destination) }
  }

  /// Each gateway once, with the gateways before it on the shortest way.
  private static func paths(_ fleet: Inventory, _ sites: Set<ID<Site>>) -> [(ID<Gateway>, [ID<Gateway>])] {
    var paths: [ID<Gateway>: [ID<Gateway>]] = [:]
    for site in fleet.sites where sites.contains(site.id) {
      for (position, gateway) in site.gateways.enumerated() {
        let path = Array(site.gateways[..<position])
        if path.count < paths[gateway]?.count ?? .max { paths[gateway] = path }
      }
    }
    return fleet.gateways.compactMap { gateway in paths[gateway.id].map { (gateway.id, $0) } }
  }

  /// Ids that no terminal and no site has.
  private struct Names {
    let taken: Set<String>
    var count = 0

    mutating func next() -> String {
      repeat { count += 1 } while taken.contains("gateway-\(count)")
      return "gateway-\(count)"
    }
  }
}
