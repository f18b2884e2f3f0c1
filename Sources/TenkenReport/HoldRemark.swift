package import TenkenAnalysis
internal import TenkenModel

/// What keeps sites from being contacted, one remark a cause:
/// `HELD: 3,000 terminals of bangkok not contacted: gateway bkk-jump: connection refused, since 2026-11-24 05:30:00 UTC`.
package struct HoldRemark {
  private struct Cause: Hashable {
    let gateway: ID<Gateway>?
    let text: String
  }

  private static let mostSites = 4

  /// Of these sites, the causes in the order of the inventory.
  package static func remarks(of sites: [SiteAssessment]) -> [String] {
    var causes: [Cause] = []
    var held: [Cause: [(site: SiteAssessment, since: Timestamp)]] = [:]
    for site in sites {
      for hold in site.holds {
        let cause = Cause(gateway: hold.gateway, text: hold.condition.cause)
        if held[cause] == nil { causes.append(cause) }
        held[cause, default: []].append((site, hold.since))
      }
    }
    return causes.map { text(of: $0, held[$0] ?? []) }
  }

  private static func text(of cause: Cause, _ held: [(site: SiteAssessment, since: Timestamp)]) -> String {
    let terminals = held.reduce(0) { $0 + $1.site.account[.pending] }
    let names = held.prefix(mostSites).map(\.site.site.id.rawValue).joined(separator: ", ")
    let rest = held.count - min(mostSites, held.count)
    let sites = rest > 0 ? "\(names) and \(rest.of("more site"))" : names
    let since = held.map(\.since).min().map { ", since \($0.forPeople)" } ?? ""
    return "HELD: \(terminals.of("terminal")) of \(sites) not contacted: \(cause.text)\(since)"
  }
}
