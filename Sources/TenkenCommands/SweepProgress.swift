internal import TenkenModel

/// What a sweep has done so far, site by site; a value that events move on.
struct SweepProgress: Sendable {
  /// What keeps a site from being contacted.
  struct Hold: Sendable {
    let condition: SiteCondition
    /// Since the run began; `nil` where it is not tried again.
    let nextTry: Duration?
  }

  struct SiteLine: Sendable {
    let id: ID<Site>
    /// Terminals that this run of the sweep was to contact.
    var planned = 0
    var inFlight = 0
    /// Final outcomes of this run.
    var outcomes: [Outcome: Int] = [:]
    /// Terminals on which some check failed.
    var failing = 0
    /// Since the run began, when its hours begin again; `nil` within them.
    var opens: Duration?
    /// What keeps it from being contacted, the latest last.
    var holds: [Hold] = []
    var pace = Pace()

    var done: Int { outcomes.values.reduce(0, +) }
  }

  private(set) var sites: [SiteLine]
  private(set) var isDraining = false
  private(set) var pace = Pace()
  private let siteOf: [Int]
  /// What has been done with a terminal that counts: `recorded`.
  let verb: String

  init(plan: Plan, verb: String = "recorded") {
    self.verb = verb
    let sites = plan.inventory.sites
    let index = Dictionary(uniqueKeysWithValues: sites.enumerated().map { ($1.id, $0) })
    self.sites = sites.map { SiteLine(id: $0.id) }
    siteOf = plan.inventory.terminals.map { index[$0.site] ?? 0 }
    for (terminal, disposition) in plan.dispositions.enumerated() {
      if case .inspect = disposition { self.sites[siteOf[terminal]].planned += 1 }
    }
  }

  /// - Parameter time: since the run began.
  mutating func receive(_ event: SweepEvent, at time: Duration) {
    switch event {
    case .contacting(let terminal, _): sites[siteOf[terminal]].inFlight += 1
    case .turnedBack(let terminal): sites[siteOf[terminal]].inFlight -= 1
    case .conditions(let conditions, let nextTry):
      for condition in conditions { hold(condition, nextTry: nextTry.map { time + $0 }) }
    case .draining: isDraining = true
    case .overdue: break
    case .hours(let id, let wait):
      if let site = sites.firstIndex(where: { $0.id == id }) { sites[site].opens = wait.map { time + $0 } }
    case .recorded(let terminal, let attempt):
      let site = siteOf[terminal]
      sites[site].inFlight -= 1
      guard attempt.isFinal else { return }
      sites[site].outcomes[attempt.outcome, default: 0] += 1
      if attempt.observations.contains(where: { $0.result == .fail }) { sites[site].failing += 1 }
      sites[site].pace.remember(sites[site].done, at: time)
      pace.remember(done, at: time)
    }
  }

  private mutating func hold(_ condition: SiteCondition, nextTry: Duration?) {
    guard let site = sites.firstIndex(where: { $0.id == condition.site }) else { return }
    sites[site].holds.removeAll { $0.condition.gateway == condition.gateway }
    if condition.standing != .released { sites[site].holds.append(Hold(condition: condition, nextTry: nextTry)) }
  }

  var held: Int { sites.count { !$0.holds.isEmpty } }
  var planned: Int { sites.reduce(0) { $0 + $1.planned } }
  var done: Int { sites.reduce(0) { $0 + $1.done } }
  var inFlight: Int { sites.reduce(0) { $0 + $1.inFlight } }
}
