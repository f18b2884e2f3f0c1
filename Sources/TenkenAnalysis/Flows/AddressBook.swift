internal import TenkenModel

/// Tells where an address is: the inventory's terminals and gateways first, then the longest network that holds it.
///
/// Private networks overlap between sites. An address that several have is that of the site it was seen from, if that
/// is one of them; else it is ambiguous, and never that of whichever comes first.
struct AddressBook {
  private struct Range {
    let network: Network
    let zone: FlowZone
  }

  private struct Sighting: Hashable {
    let address: IPAddress
    let site: ID<Site>
  }

  private let terminals: [Terminal]
  private var holders: [IPAddress: [Int]] = [:]
  private var gateways: Set<IPAddress> = []
  /// The longest prefix first.
  private let ranges: [Range]
  private var known: [Sighting: FlowEnd] = [:]

  init(_ inventory: Inventory) {
    terminals = inventory.terminals
    for (index, terminal) in terminals.enumerated() {
      if let address = IPAddress(terminal.address) { holders[address.destination, default: []].append(index) }
    }
    for gateway in inventory.gateways {
      if let address = IPAddress(gateway.address) { gateways.insert(address.destination) }
    }
    let sites = inventory.sites.flatMap { site in site.networks.map { Range(network: $0, zone: .site(site.id)) } }
    let zones = (inventory.flows?.zones ?? []).flatMap { zone in
      zone.networks.map { Range(network: $0, zone: .named(zone.name)) }
    }
    ranges = (zones + sites).sorted { $0.network.prefixLength > $1.network.prefixLength }
  }

  /// Whether somebody listed it: as that of a jump host, or of terminals there, even where it does not tell which.
  func isKnown(_ address: IPAddress, in zone: FlowZone) -> Bool {
    gateways.contains(address)
      || (holders[address] ?? []).contains { zone == .ambiguous || zone == .site(terminals[$0].site) }
  }

  /// - Parameter site: whose terminal saw it.
  mutating func end(_ address: IPAddress, seenFrom site: ID<Site>) -> FlowEnd {
    let sighting = Sighting(address: address, site: site)
    if let end = known[sighting] { return end }
    let end = find(address, seenFrom: site)
    known[sighting] = end
    return end
  }

  private func find(_ address: IPAddress, seenFrom site: ID<Site>) -> FlowEnd {
    let holders = holders[address] ?? []
    let near = holders.filter { terminals[$0].site == site }
    // The site's own network comes before another site's terminal: it is nearer, whoever has the address there.
    if near.isEmpty, zone(of: address, seenFrom: site) == .site(site) {
      return FlowEnd(zone: .site(site), address: address.description, terminal: nil)
    }
    if let terminal = near.count == 1 ? near.first : holders.count == 1 ? holders.first : nil {
      return FlowEnd(zone: .site(terminals[terminal].site), address: address.description, terminal: terminal)
    }
    let zone =
      holders.isEmpty
      ? zone(of: address, seenFrom: site)
      : Self.one(Set(holders.map { .site(terminals[$0].site) }), seenFrom: site)
    return FlowEnd(zone: zone, address: address.description, terminal: nil)
  }

  private func zone(of address: IPAddress, seenFrom site: ID<Site>) -> FlowZone {
    guard let longest = ranges.first(where: { $0.network.contains(address) })?.network.prefixLength else {
      return address.reach == .everywhere ? .internet : .unassociated
    }
    let zones = ranges.filter { $0.network.prefixLength == longest && $0.network.contains(address) }.map(\.zone)
    return Self.one(Set(zones), seenFrom: site)
  }

  private static func one(_ zones: Set<FlowZone>, seenFrom site: ID<Site>) -> FlowZone {
    if zones.contains(.site(site)) { return .site(site) }
    return zones.count == 1 ? zones.first ?? .ambiguous : .ambiguous
  }
}
