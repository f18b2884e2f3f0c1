internal import TenkenModel

extension Inventory {
  /// With what an earlier version of it lists and this one does not, behind what it lists itself: a sweep that was
  /// amended still accounts for all that it began with.
  func keeping(_ earlier: Inventory) -> Inventory {
    var kept = self
    kept.sites += Self.missing(earlier.sites, from: sites, by: \.id)
    kept.gateways += Self.missing(earlier.gateways, from: gateways, by: \.id)
    kept.terminals += Self.missing(earlier.terminals, from: terminals, by: \.id)
    kept.credentials.merge(earlier.credentials) { own, _ in own }
    return kept
  }

  private static func missing<Element, Key: Hashable>(
    _ earlier: [Element], from now: [Element], by key: (Element) -> Key
  ) -> [Element] {
    let known = Set(now.map(key))
    return earlier.filter { !known.contains(key($0)) }
  }
}
