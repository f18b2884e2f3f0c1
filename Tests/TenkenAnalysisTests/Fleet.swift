import TenkenModel

/// Small inventories, checks and records for the tests of this room, and the assessment that they come to.
struct Fleet {
  var sites: [Site] = [Site(id: "tokyo", name: "Tokyo")]
  var terminals: [Terminal] = []
  var checks: [Check] = [Fleet.check("log.wtmp", .critical, .integrity)]
  var records: [TerminalRecord] = []
  var conditions: [SiteCondition] = []

  static let digest = Digest(hex: String(repeating: "0", count: 64))!

  static func check(
    _ id: ID<Check>, _ severity: Severity, _ checkClass: Check.Class, platforms: [String] = ["linux"]
  ) -> Check {
    Check(
      id: id, version: 1, title: "The check \(id)", severity: severity, checkClass: checkClass, platforms: platforms,
      script: [], digest: digest, file: "checks/\(id)/check.sh")
  }

  var inventory: Inventory {
    Inventory(
      name: "test", sites: sites, terminals: terminals, credentials: [:], limits: Limits(),
      sources: SourceFiles(origin: "test", files: []), digest: Self.digest)
  }

  /// Lists a terminal and records how the sweep ended with it.
  mutating func add(
    _ id: ID<Terminal>, _ outcome: Outcome = .inspected, _ results: [ID<Check>: CheckResult] = [:],
    site: ID<Site> = "tokyo", platform: String = "linux", key: HostKeyEvidence? = nil
  ) {
    terminals.append(Terminal(id: id, address: "127.0.0.1", site: site, platform: platform))
    records.append(Self.record(id, outcome, results, key: key))
  }

  static func record(
    _ id: ID<Terminal>, _ outcome: Outcome, _ results: [ID<Check>: CheckResult], key: HostKeyEvidence? = nil
  ) -> TerminalRecord {
    let reason = outcome == .inspected ? "" : "because of \(outcome.rawValue)"
    guard Outcome.ofAttempts.contains(outcome) else {
      return TerminalRecord(terminal: id, outcome: outcome, reason: reason, attempts: 0, last: nil)
    }
    let observations = results.sorted { $0.key < $1.key }.map {
      Observation(check: $0.key, result: $0.value, message: "\($0.key) said \($0.value.rawValue)", milliseconds: 3)
    }
    let attempt = Attempt(
      terminal: id, number: 1, started: Timestamp(milliseconds: 1000), ended: Timestamp(milliseconds: 2000),
      outcome: outcome, reason: reason, isFinal: true, hostKey: key, observations: observations)
    return TerminalRecord(terminal: id, outcome: outcome, reason: reason, attempts: 1, last: attempt)
  }
}
