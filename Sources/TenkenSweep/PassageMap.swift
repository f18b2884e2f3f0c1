internal import TenkenModel
internal import TenkenPlan

/// Which passages there are, and which of them the contacts of each site take.
struct PassageMap: Sendable {
  /// The sites, then the gateways, then the system's ssh(1).
  var passages: [Passage]
  var sites: [SiteQueue]
  /// By terminal, into `sites`.
  let siteOf: [Int]
  /// By passage: the sites behind it.
  private(set) var behind: [[Int]]
  /// The system's ssh(1), into `passages`.
  let openSSH: Int
  private let gateways: [ID<Gateway>: Int]

  /// - Parameter breaker: of a gateway, with its number among all of them.
  init(of plan: Plan, client: SSHClient, breaker: (Int, ID<Gateway>) -> Breaker) {
    let (described, siteOf) = Self.sites(of: plan)
    let inventory = plan.inventory
    let gateways = Dictionary(inventory.gateways.enumerated().map { ($1.id, described.count + $0) }) { first, _ in first
    }
    passages =
      described.map { Passage(ceiling: plan.ceiling(of: $0)) }
      + inventory.gateways.enumerated().map { Passage(ceiling: $1.concurrency, breaker: breaker($0, $1.id)) }
      + [Passage(ceiling: plan.limits.openSSH)]
    sites = described.enumerated().map { index, site in
      SiteQueue(
        path: [index] + (site?.gateways ?? []).compactMap { gateways[$0] }, client: site?.client ?? client, turn: index)
    }
    self.siteOf = siteOf
    self.gateways = gateways
    openSSH = passages.count - 1
    behind = Array(repeating: [], count: passages.count)
    for (index, site) in sites.enumerated() {
      for passage in site.path { behind[passage].append(index) }
    }
  }

  func passage(of gateway: ID<Gateway>) -> Int? { gateways[gateway] }
  func gateway(at passage: Int) -> ID<Gateway>? { gateways.first { $0.value == passage }?.key }

  /// The sites of the inventory, and `nil` for each that only its terminals name.
  private static func sites(of plan: Plan) -> (sites: [Site?], siteOf: [Int]) {
    var sites: [Site?] = plan.inventory.sites
    var indices = Dictionary(plan.inventory.sites.enumerated().map { ($1.id, $0) }) { first, _ in first }
    let siteOf = plan.inventory.terminals.map { terminal in
      if let known = indices[terminal.site] { return known }
      indices[terminal.site] = sites.count
      sites.append(nil)
      return sites.count - 1
    }
    return (sites, siteOf)
  }
}
