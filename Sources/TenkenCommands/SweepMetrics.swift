internal import TenkenModel

/// What a sweep has done so far, in numbers for a monitoring system: by site and outcome, never by terminal, so that it
/// is as many lines for 29,000 terminals as for 29. A value that events move on.
struct SweepMetrics: Sendable {
  private struct SiteNumbers: Sendable {
    let id: ID<Site>
    /// Sums to the terminals of the site, `pending` and `excluded` included.
    var outcomes: [Outcome: Int] = [:]
    var inFlight = 0
    var attempts = 0
    var retries = 0
    var holds: Set<String> = []
    var isOutsideHours = false
  }

  private let sweep: ID<SweepManifest>
  private let siteOf: [Int]
  private let numberOf: [ID<Site>: Int]
  private var sites: [SiteNumbers]
  private var results: [CheckResult: Int] = [:]
  private var isOver = false

  init(_ plan: Plan, sweep: ID<SweepManifest>) {
    self.sweep = sweep
    sites = plan.inventory.sites.map { SiteNumbers(id: $0.id) }
    let numberOf = Dictionary(sites.enumerated().map { ($1.id, $0) }) { first, _ in first }
    self.numberOf = numberOf
    siteOf = plan.inventory.terminals.map { numberOf[$0.site] ?? 0 }
    for (terminal, disposition) in plan.dispositions.enumerated() {
      sites[siteOf[terminal]].outcomes[Self.outcome(disposition), default: 0] += 1
    }
  }

  private static func outcome(_ disposition: Plan.Disposition) -> Outcome {
    switch disposition {
    case .inspect: .pending
    case .excluded: .excluded
    case .settled(let outcome): outcome
    }
  }

  mutating func receive(_ event: SweepEvent) {
    switch event {
    case .contacting(let terminal, let attempt):
      sites[siteOf[terminal]].inFlight += 1
      if attempt > 1 { sites[siteOf[terminal]].retries += 1 }
    case .turnedBack(let terminal): sites[siteOf[terminal]].inFlight -= 1
    case .recorded(let terminal, let attempt): record(attempt, at: siteOf[terminal])
    case .conditions(let conditions, _): for condition in conditions { hold(condition) }
    case .hours(let site, let wait):
      if let number = numberOf[site] { sites[number].isOutsideHours = wait != nil }
    case .overdue, .draining: break
    }
  }

  /// The sweep has ended: nothing is in flight.
  mutating func end() {
    isOver = true
    for number in sites.indices { sites[number].inFlight = 0 }
  }

  private mutating func record(_ attempt: Attempt, at site: Int) {
    sites[site].inFlight -= 1
    sites[site].attempts += 1
    for observation in attempt.observations { results[observation.result, default: 0] += 1 }
    guard attempt.isFinal else { return }
    sites[site].outcomes[.pending, default: 0] -= 1
    sites[site].outcomes[attempt.outcome, default: 0] += 1
  }

  private mutating func hold(_ condition: SiteCondition) {
    guard let number = numberOf[condition.site] else { return }
    let cause = condition.gateway?.rawValue ?? ""
    if condition.standing == .released { sites[number].holds.remove(cause) } else { sites[number].holds.insert(cause) }
  }

  /// Prometheus' text exposition format, version 0.0.4. Site ids need no escape: they are of letters, digits, `.`, `_`
  /// and `-`.
  func text(at now: Timestamp) -> String {
    var lines: [String] = []
    func family(_ name: String, _ type: String, _ help: String, _ samples: [(labels: String, value: Int)]) {
      lines += ["# HELP tenken_\(name) \(help)", "# TYPE tenken_\(name) \(type)"]
      lines += samples.map { "tenken_\(name){sweep=\"\(sweep)\"\($0.labels)} \($0.value)" }
    }
    func bySite(_ value: (SiteNumbers) -> Int) -> [(labels: String, value: Int)] {
      sites.map { (",site=\"\($0.id)\"", value($0)) }
    }
    family(
      "terminals", "gauge", "Terminals by outcome; those of a site sum to all that the inventory lists there.",
      sites.flatMap { site in
        Outcome.allCases.map { outcome in
          (",site=\"\(site.id)\",outcome=\"\(outcome.rawValue)\"", site.outcomes[outcome, default: 0])
        }
      })
    family("in_flight", "gauge", "Terminals that are contacted now.", bySite(\.inFlight))
    family("attempts_total", "counter", "Attempts that this run has recorded.", bySite(\.attempts))
    family("retries_total", "counter", "Contacts of this run that were not the terminal's first.", bySite(\.retries))
    family("site_held", "gauge", "1 where a gateway, silence or a limit keeps it.", bySite { $0.holds.isEmpty ? 0 : 1 })
    family("site_outside_hours", "gauge", "1 outside the hours of the site.", bySite { $0.isOutsideHours ? 1 : 0 })
    family(
      "check_results_total", "counter", "Results that this run has recorded.",
      CheckResult.allCases.map { (",result=\"\($0.rawValue)\"", results[$0, default: 0]) })
    family("run_over", "gauge", "1 where the run has ended.", [("", isOver ? 1 : 0)])
    family(
      "written_seconds", "gauge", "When this was written, in seconds since 1970.", [("", Int(now.milliseconds / 1000))])
    return lines.joined(separator: "\n") + "\n"
  }
}
