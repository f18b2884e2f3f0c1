/// Where one end of a connection is, as far as its address tells.
package enum FlowZone: Sendable, Hashable, Comparable {
  case site(ID<Site>)
  /// Of the policy's own zones: a partner's network, a pool of VPN addresses.
  case named(String)
  /// A public address of no site and no zone.
  case internet
  /// A private address (RFC 1918, RFC 6598, RFC 4193) of no site and no zone.
  case unassociated
  /// An address of several sites, none of them the one that it was seen from: private networks overlap.
  case ambiguous
  /// A name: what it meant when it was written is not known.
  case unresolved

  /// Names in a policy that are no names of zones or sites.
  package static let words: Set<String> = ["any-site", "internet", "unassociated", "ambiguous", "unresolved"]

  package var name: String {
    switch self {
    case .site(let site): site.rawValue
    case .named(let name): name
    case .internet: "internet"
    case .unassociated: "unassociated"
    case .ambiguous: "ambiguous"
    case .unresolved: "unresolved"
    }
  }

  package var site: ID<Site>? { if case .site(let site) = self { site } else { nil } }

  /// Whether it is known where it is.
  package var isPlaced: Bool { self != .ambiguous && self != .unresolved }
}
