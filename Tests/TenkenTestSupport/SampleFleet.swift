package import TenkenModel

/// Fleets and plans for tests that do not care where those come from.
package enum SampleFleet {
  /// Terminals `SITE-1`, `SITE-2`, ... at 127.0.0.1 for each site, in the order of the sites.
  package static func inventory(
    _ sites: [(site: Site, terminals: Int)], gateways: [Gateway] = [], limits: Limits = Limits(),
    platform: String = "linux"
  ) -> Inventory {
    let terminals = sites.flatMap { entry in
      (0..<entry.terminals).map { index in
        Terminal(
          id: ID("\(entry.site.id)-\(index + 1)")!, address: "127.0.0.1", site: entry.site.id, platform: platform)
      }
    }
    return inventory(sites: sites.map(\.site), gateways: gateways, terminals: terminals, limits: limits)
  }

  package static func inventory(
    sites: [Site], gateways: [Gateway] = [], terminals: [Terminal], limits: Limits = Limits()
  ) -> Inventory {
    let credential = Credential(name: "default", user: "inspector", identity: .agent)
    return Inventory(
      name: "sample", sites: sites, gateways: gateways, terminals: terminals, credentials: ["default": credential],
      limits: limits,
      sources: SourceFiles(origin: "inventories/sample", files: []), digest: .sample("sample"))
  }

  package static func site(
    _ id: ID<Site>, gateways: [ID<Gateway>] = [], client: SSHClient? = nil, concurrency: Int? = nil
  ) -> Site {
    Site(id: id, name: id.rawValue, gateways: gateways, client: client, concurrency: concurrency)
  }

  package static func gateway(_ id: ID<Gateway>, concurrency: Int = 50) -> Gateway {
    Gateway(id: id, address: "127.0.0.2", concurrency: concurrency)
  }

  package static func catalogue(_ checks: [Check]) -> Catalogue {
    Catalogue(checks: checks, sources: SourceFiles(origin: "checks", files: []), digest: .sample("sample"))
  }

  /// Every terminal of `inventory` is to be inspected with the same checks.
  package static func plan(_ inventory: Inventory, checks: [Check] = []) -> Plan {
    Plan(
      inventory: inventory, catalogue: catalogue(checks), limits: inventory.limits, checkSets: [checks],
      dispositions: inventory.terminals.map { _ in .inspect(set: 0, attempts: 0) })
  }
}
