import TenkenModel
import TenkenSweep
import TenkenTestSupport

/// A fleet drawn from a seed: sites with ceilings, some behind gateways of which some fail, some over the system's ssh,
/// some with a pace or with hours, and terminals with tags that have ceilings.
struct SchedulerFleet {
  let seed: UInt64
  let plan: Plan
  let client: SSHClient
  let doubtful: Set<ID<Gateway>>
  /// How often a contact is turned back at each gateway.
  let failures: [ID<Gateway>: Double]
  /// How often the cause of that may pass by itself.
  let patience: Double
  private let sites: [ID<Site>: Site]
  private let ceilings: [ID<Gateway>: Int]

  init(seed: UInt64, using chance: inout SplitMix64) {
    self.seed = seed
    let gateways = (0..<Int.random(in: 0...4, using: &chance)).map { number in
      SampleFleet.gateway(ID("gw\(number)")!, concurrency: Int.random(in: 1...6, using: &chance))
    }
    let tags = (0..<Int.random(in: 0...3, using: &chance)).map { ("t\($0)", Int.random(in: 1...4, using: &chance)) }
    let limits = Limits(
      concurrency: Int.random(in: 1...12, using: &chance), perSite: Int.random(in: 1...6, using: &chance),
      openSSH: Int.random(in: 1...3, using: &chance), tags: Dictionary(uniqueKeysWithValues: tags),
      firstWave: Int.random(in: 0...4, using: &chance), retries: Int.random(in: 0...3, using: &chance),
      retryBudget: [0, 30, 1000].randomElement(using: &chance)!)
    let sites = Self.sites(behind: gateways, using: &chance)
    let plain = SampleFleet.inventory(sites, gateways: gateways, limits: limits)
    let inventory = SampleFleet.inventory(
      sites: plain.sites, gateways: gateways,
      terminals: plain.terminals.map { terminal in
        Terminal(
          id: terminal.id, address: terminal.address, site: terminal.site,
          tags: (tags.map(\.0) + ["other"]).filter { _ in chance.unit() < 0.3 })
      }, limits: limits)
    plan = Plan(
      inventory: inventory, catalogue: SampleFleet.catalogue([]), limits: limits, checkSets: [[]],
      dispositions: inventory.terminals.map { _ in Self.disposition(using: &chance) })
    client = chance.unit() < 0.8 ? .builtIn : .openSSH
    doubtful = Set(gateways.map(\.id).filter { _ in chance.unit() < 0.2 })
    failures = Dictionary(
      uniqueKeysWithValues: gateways.map { ($0.id, [0, 0, 0.1, 0.6, 1].randomElement(using: &chance)!) })
    patience = [1, 1, 0.9].randomElement(using: &chance)!
    self.sites = Dictionary(uniqueKeysWithValues: inventory.sites.map { ($0.id, $0) })
    ceilings = Dictionary(uniqueKeysWithValues: gateways.map { ($0.id, $0.concurrency) })
  }

  func site(of terminal: Int) -> Site { sites[plan.inventory.terminals[terminal].site]! }
  func gateways(of terminal: Int) -> [ID<Gateway>] { site(of: terminal).gateways }
  func isOverOpenSSH(_ terminal: Int) -> Bool { (site(of: terminal).client ?? client) == .openSSH }
  func ceiling(of gateway: ID<Gateway>) -> Int { ceilings[gateway]! }

  /// Whether its hours let contacts begin, where a run begins at midnight UTC.
  func isOpen(_ site: Site, at now: Duration) -> Bool {
    site.windows.isEmpty
      || SiteHours(site.windows, zone: site.timeZone, offset: { _, _ in .zero }).isOpen(
        at: Timestamp(milliseconds: now.wholeMilliseconds))
  }

  /// How many that have this tag are contacted at once at most; `nil` for any number.
  func ceiling(ofTag tag: String) -> Int? { plan.limits.tags[tag] }

  private static func sites(
    behind gateways: [Gateway], using chance: inout SplitMix64
  ) -> [(site: Site, terminals: Int)] {
    (0..<Int.random(in: 1...6, using: &chance)).map { number in
      let path = gateways.shuffled(using: &chance).prefix(Int.random(in: 0...2, using: &chance)).map(\.id)
      let client = [nil, nil, SSHClient.builtIn, .openSSH].randomElement(using: &chance)!
      let from = Int.random(in: 0...3, using: &chance)
      let windows = [MaintenanceWindow(from: from, to: from + Int.random(in: 1...4, using: &chance))]
      let site = Site(
        id: ID("s\(number)")!, name: "", gateways: path, client: client,
        concurrency: Bool.random(using: &chance) ? Int.random(in: 1...5, using: &chance) : nil,
        connectsPerSecond: chance.unit() < 0.3 ? Int.random(in: 1...5, using: &chance) : nil,
        windows: chance.unit() < 0.25 ? windows : [])
      return (site, Int.random(in: 0...25, using: &chance))
    }
  }

  private static func disposition(using chance: inout SplitMix64) -> Plan.Disposition {
    switch chance.unit() {
    case ..<0.1: .excluded("not selected")
    case ..<0.2: .settled(.inspected)
    case ..<0.25: .inspect(set: 0, attempts: 1, unsupported: "no algorithm in common")
    default: .inspect(set: 0, attempts: chance.unit() < 0.1 ? 1 : 0)
    }
  }
}
