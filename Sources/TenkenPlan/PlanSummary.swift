package import TenkenModel

/// What a plan would do, in numbers, for `--dry-run`: a person reads it before anything is contacted.
package struct PlanSummary: Sendable {
  package struct SiteLine: Sendable, Hashable {
    package let site: ID<Site>
    package fileprivate(set) var toContact = 0
    package fileprivate(set) var excluded = 0
    package fileprivate(set) var settled = 0
    /// Terminals contacted at once at most.
    package let ceiling: Int

    package var terminals: Int { toContact + excluded + settled }
  }

  package struct SetLine: Sendable {
    package let checks: [Check]
    package fileprivate(set) var terminals = 0
    package fileprivate(set) var platforms: Set<String> = []
    /// Of the program that each of these terminals is sent.
    package let bytes: Int
  }

  package let fleet: String
  package let limits: Limits
  /// Sites that have terminals, in the order of the inventory.
  package let sites: [SiteLine]
  /// In the order of the plan's sets; sets that no terminal is to be given are left out.
  package let sets: [SetLine]
  /// Why terminals are left out, and how many for each reason, the most frequent first.
  package let exclusions: [(reason: String, terminals: Int)]
  /// Terminals that were contacted before and are to be contacted again.
  package let retried: Int

  /// - Parameter bytes: the size of the program that holds these checks.
  package init(_ plan: Plan, bytes: ([Check]) -> Int) {
    var sites = Self.emptyLines(of: plan)
    var sets = plan.checkSets.map { SetLine(checks: $0, bytes: bytes($0)) }
    var reasons: [String: Int] = [:]
    var retried = 0
    for (terminal, disposition) in zip(plan.inventory.terminals, plan.dispositions) {
      let site = sites[terminal.site, default: SiteLine(site: terminal.site, ceiling: plan.ceiling(of: nil))]
      sites[terminal.site] = site.counting(disposition)
      switch disposition {
      case .inspect(let set, let attempts, _):
        sets[set].terminals += 1
        sets[set].platforms.insert(terminal.platform)
        if attempts > 0 { retried += 1 }
      case .excluded(let reason): reasons[reason, default: 0] += 1
      case .settled: break
      }
    }
    fleet = plan.inventory.name
    limits = plan.limits
    let described = plan.inventory.sites.map(\.id)
    let order = described + Set(sites.keys).subtracting(described).sorted()
    self.sites = order.compactMap { sites[$0] }.filter { $0.terminals > 0 }
    self.sets = sets.filter { $0.terminals > 0 }
    exclusions = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { (reason: $0.key, terminals: $0.value) }
    self.retried = retried
  }

  package var toContact: Int { sites.reduce(0) { $0 + $1.toContact } }
  package var excluded: Int { sites.reduce(0) { $0 + $1.excluded } }
  package var settled: Int { sites.reduce(0) { $0 + $1.settled } }
  package var terminals: Int { sites.reduce(0) { $0 + $1.terminals } }
  /// Bytes of programs that a first attempt at every terminal sends.
  package var bytes: Int { sets.reduce(0) { $0 + $1.terminals * $1.bytes } }

  private static func emptyLines(of plan: Plan) -> [ID<Site>: SiteLine] {
    let lines = plan.inventory.sites.map { ($0.id, SiteLine(site: $0.id, ceiling: plan.ceiling(of: $0))) }
    return Dictionary(lines) { first, _ in first }
  }
}

extension PlanSummary.SiteLine {
  fileprivate func counting(_ disposition: Plan.Disposition) -> Self {
    var line = self
    switch disposition {
    case .inspect: line.toContact += 1
    case .excluded: line.excluded += 1
    case .settled: line.settled += 1
    }
    return line
  }
}
