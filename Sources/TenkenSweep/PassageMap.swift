internal import TenkenModel
internal import TenkenPlan

/// Which passages there are, and which of them the contacts of each terminal take.
struct PassageMap: Sendable {
  /// The sites, then the gateways, then the system's ssh(1), then the tags that have a ceiling.
  var passages: [Passage]
  /// The sites; `nil` for each that only its terminals name.
  let sites: [Site?]
  let ids: [ID<Site>]
  /// By terminal, into `sites`.
  let siteOf: [Int]
  /// By terminal, into `tagSets`.
  let tagsOf: [Int]
  /// Passages of tags, each combination once; the first is empty.
  let tagSets: [[Int]]
  /// By passage: the sites behind it.
  private(set) var behind: [[Int]]
  /// The system's ssh(1), into `passages`: from there on they are not of a whole site.
  let openSSH: Int
  private let gateways: [ID<Gateway>: Int]
  private let gatewayIDs: [ID<Gateway>]

  /// - Parameters:
  ///   - siteBreaker: of a site, with its number among all breakers.
  ///   - gatewayBreaker: of a gateway, with its number among all breakers.
  init(of plan: Plan, siteBreaker: (Int, ID<Site>) -> Breaker, gatewayBreaker: (Int, ID<Gateway>) -> Breaker) {
    (sites, ids, siteOf) = Self.sites(of: plan.inventory)
    let inventory = plan.inventory
    gatewayIDs = inventory.gateways.map(\.id)
    let gateways = Dictionary(gatewayIDs.enumerated().map { ($1, $0) }) { first, _ in first }
    self.gateways = gateways.mapValues { [count = ids.count] in $0 + count }
    openSSH = ids.count + gatewayIDs.count
    let tags = plan.limits.tags.keys.sorted()
    (tagsOf, tagSets) = Self.tags(of: inventory.terminals, named: tags, first: openSSH + 1)
    // Gateways keep the numbers that they had before sites had breakers: so their jitter does.
    let siteCount = ids.count
    passages =
      zip(sites, ids).enumerated().map { index, site in
        Passage(ceiling: plan.ceiling(of: site.0), breaker: siteBreaker(gateways.count + index, site.1))
      }
      + inventory.gateways.enumerated().map { Passage(ceiling: $1.concurrency, breaker: gatewayBreaker($0, $1.id)) }
      + [Passage(ceiling: plan.limits.openSSH)] + tags.map { Passage(ceiling: plan.limits.tags[$0] ?? 1) }
    behind = Array(repeating: [], count: siteCount + gatewayIDs.count)
    for index in ids.indices {
      for passage in path(from: index) { behind[passage].append(index) }
    }
  }

  /// What each contact with a site takes a slot of, in the order in which it is passed: the site, then its gateways.
  func path(from site: Int) -> [Int] { [site] + (sites[site]?.gateways ?? []).compactMap { gateways[$0] } }

  func passage(of gateway: ID<Gateway>) -> Int? { gateways[gateway] }

  func gateway(at passage: Int) -> ID<Gateway>? {
    (ids.count..<openSSH).contains(passage) ? gatewayIDs[passage - ids.count] : nil
  }

  /// The sites of the inventory, and then those that only its terminals name.
  private static func sites(of inventory: Inventory) -> (sites: [Site?], ids: [ID<Site>], siteOf: [Int]) {
    var sites: [Site?] = inventory.sites
    var ids = inventory.sites.map(\.id)
    var indices = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
    let siteOf = inventory.terminals.map { terminal in
      if let known = indices[terminal.site] { return known }
      indices[terminal.site] = sites.count
      sites.append(nil)
      ids.append(terminal.site)
      return sites.count - 1
    }
    return (sites, ids, siteOf)
  }

  private static func tags(
    of terminals: [Terminal], named tags: [String], first: Int
  ) -> (tagsOf: [Int], tagSets: [[Int]]) {
    let passages = Dictionary(uniqueKeysWithValues: tags.enumerated().map { ($1, first + $0) })
    var sets: [[Int]] = [[]]
    var numbers: [[Int]: Int] = [[]: 0]
    guard !tags.isEmpty else { return (Array(repeating: 0, count: terminals.count), sets) }
    let tagsOf = terminals.map { terminal in
      let set = terminal.tags.compactMap { passages[$0] }.sorted()
      if let known = numbers[set] { return known }
      numbers[set] = sets.count
      sets.append(set)
      return sets.count - 1
    }
    return (tagsOf, sets)
  }
}
