/// Which addresses may be dialled for the terminals of a site: see `Site.networks`. Pure.
///
/// A name may resolve to anything, and a register of assets may hold anything: neither may make the station connect to
/// itself, to its cloud's metadata service, or to whomever else the site does not list.
package struct AddressPolicy: Sendable {
  private let networks: [Network]

  /// - Parameter networks: the site's.
  package init(_ networks: [Network]) { self.networks = networks }

  /// Why no terminal may be dialled there, for people; `nil` where one may.
  package func objection(to address: IPAddress) -> String? {
    if let objection = objection(toSpecial: address) { return objection }
    guard !networks.isEmpty, !networks.contains(where: { $0.contains(address.destination) }) else { return nil }
    return "\(Self.text(address)) is in no network of the site"
  }

  /// Why no jump host may be dialled there, for people; `nil` where one may. It need not be in the networks of the
  /// terminals behind it: whoever lists those lists it in the same file.
  package func objection(toGateway address: IPAddress) -> String? { objection(toSpecial: address) }

  private func objection(toSpecial address: IPAddress) -> String? {
    let destination = address.destination
    guard let range = SpecialRange.holding(destination),
      !networks.contains(where: { range.network.contains($0) && $0.contains(destination) })
    else { return nil }
    return "\(Self.text(address)) is \(range.name), and no network of the site inside \(range.network) holds it"
  }

  private static func text(_ address: IPAddress) -> String {
    address == address.destination ? "\(address)" : "\(address) (that is \(address.destination))"
  }
}
