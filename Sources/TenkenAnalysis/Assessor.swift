package import TenkenModel

/// Folds the records of a sweep into its assessment, in any order and one at a time.
package struct Assessor: Sendable {
  private let inventory: Inventory
  private let judge: TerminalJudge
  private let checks: [ID<Check>]
  private let indices: [ID<Terminal>: Int]
  private var assessed: [TerminalAssessment?]
  private var keys = HostKeySharing()
  private var flows: FlowFold
  private let conditions: SiteConditions

  /// - Parameters:
  ///   - checks: those of this sweep.
  ///   - retired: those that the sweep ran until it was amended: nobody is due them, and what they said counts.
  ///   - catalogue: all that there are, given to somebody or not.
  ///   - planned: what each terminal was to be given; `nil` for those that name its platform.
  ///   - conditions: of the sites, of all runs of the sweep, in the order in which they were recorded.
  package init(
    inventory: Inventory, checks: [Check], retired: [Check] = [], catalogue: [Check] = [],
    planned: PlannedChecks? = nil, conditions: [SiteCondition] = []
  ) {
    self.conditions = SiteConditions(conditions)
    self.inventory = inventory
    self.checks = Set(checks.map(\.id)).sorted()
    let planned = planned ?? PlannedChecks(of: checks, for: inventory.terminals)
    judge = TerminalJudge(checks: checks, retired: retired, catalogue: catalogue, planned: planned, in: inventory)
    indices = Dictionary(uniqueKeysWithValues: inventory.terminals.enumerated().map { ($1.id, $0) })
    flows = FlowFold(inventory: inventory, checks: checks + retired)
    assessed = Array(repeating: nil, count: inventory.terminals.count)
  }

  /// Takes the record of a terminal of the inventory, each once.
  package mutating func add(_ record: TerminalRecord) {
    guard let index = indices[record.terminal] else {
      preconditionFailure("\(record.terminal) is not in the inventory of its sweep")
    }
    precondition(assessed[index] == nil, "\(record.terminal) has two records in one sweep")
    let terminal = judge.assess(record, of: inventory.terminals[index], index: index)
    keys.add(terminal)
    flows.add(record, of: index)
    assessed[index] = terminal
  }

  /// A terminal without a record is pending: it is listed, so it counts.
  package consuming func finish() -> Assessment {
    var terminals = inventory.terminals.indices.map { index in assessed[index] ?? pending(index) }
    for (index, finding) in keys.findings(in: inventory) { terminals[index].open(finding) }
    let told = flows.flows()
    for (index, findings) in flows.findings(of: told) {
      for finding in findings { terminals[index].open(finding) }
    }
    for index in terminals.indices where terminals[index].outcome == .pending {
      if let hold = conditions.holds(of: inventory.terminals[index].site).last { terminals[index].wait(for: hold) }
    }
    let bySite = Dictionary(grouping: terminals.indices, by: { inventory.terminals[$0].site })
    let sites = inventory.sites.map { assess($0, indices: bySite[$0.id] ?? [], of: terminals) }
    let alarms = conditions.findings(at: inventory.sites)
    return Assessment(
      group: Account(terminals, raisedBy: alarms), sites: sites, terminals: terminals,
      findings: Finding.ordered(alarms + Finding.gathered(from: terminals)), checks: checks,
      flows: flows.matrix(of: told))
  }

  private func assess(_ site: Site, indices: [Int], of terminals: [TerminalAssessment]) -> SiteAssessment {
    let own = indices.lazy.map { terminals[$0] }
    let alarms = conditions.findings(at: [site])
    return SiteAssessment(
      site: site, account: Account(own, raisedBy: alarms), terminals: indices,
      findings: Finding.ordered(alarms + Finding.gathered(from: own)), holds: conditions.holds(of: site.id))
  }

  private func pending(_ index: Int) -> TerminalAssessment {
    let terminal = inventory.terminals[index]
    let record = TerminalRecord(
      terminal: terminal.id, outcome: .pending, reason: "not done yet", attempts: 0, last: nil)
    return judge.assess(record, of: terminal, index: index)
  }
}
