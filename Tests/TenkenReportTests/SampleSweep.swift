import TenkenAnalysis
import TenkenModel
import TenkenReport

/// A sweep as it could have been: five sites, 64 terminals, six checks, and most of what can happen to a terminal.
struct SampleSweep {
  var sites: [Site] = [
    Site(id: "tokyo-hq", name: "東京本社", country: "JP", timeZone: "Asia/Tokyo"),
    Site(id: "osaka-plant", name: "Osaka plant", country: "JP", timeZone: "Asia/Tokyo"),
    Site(id: "bangkok", name: "Bangkok office", country: "TH", timeZone: "Asia/Bangkok"),
    Site(id: "jakarta", name: "Jakarta office", country: "ID", timeZone: "Asia/Jakarta"),
    Site(id: "ohio", name: "Ohio data centre", country: "US", timeZone: "America/New_York"),
  ]
  var terminals: [Terminal] = []
  var records: [TerminalRecord] = []
  /// Those that the sweep runs.
  var checks = Self.allChecks
  /// `nil`: no more than the sweep runs.
  var catalogue: [Check]?
  var id: ID<SweepManifest> = "20261124-0530-k3fz"
  var transport = Scope.Transport.ssh
  var name = "first night"
  var conditions: [SiteCondition] = []
  var flows: FlowPolicy?
  var waivers: [Waiver] = []
  private var clock = Timestamp(milliseconds: 1_795_498_200_000)

  static let digest = Digest(hex: "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8")!

  static let allChecks: [Check] = [
    check(
      "acct.uid0", .critical, .integrity, "Only root has the user id 0", "T1136.001@v19",
      "Find out who added the entry and when; lock it with usermod -L, keep the evidence, then remove it."),
    check(
      "host.identity", .medium, .inventory, "The terminal has an identity of its own", "T1078@v19",
      "Renew the machine id and the host keys of the clone."),
    check(
      "ld.preload", .critical, .integrity, "No library is loaded into every program", "T1574.006@v19",
      "Copy the library that it names before anything is restarted, and compare it with its package."),
    check(
      "log.wtmp", .critical, .integrity, "The login records are complete and in order", "T1685.006@v19",
      "Keep wtmp, the journal and auth.log as they are, and find out what was done in the span that is missing."),
    check(
      "net.listen", .high, .hardening, "Only known programs listen on the network", "T1571@v19",
      "Find the program behind the socket, copy it, then find what started it."),
    check(
      "ssh.authkeys", .high, .integrity, "Every key that may log in was handed out", "T1098.004@v19",
      "Take the unknown key out, keep a copy with its times, and look for logins by its fingerprint everywhere."),
  ]

  static func check(
    _ id: ID<Check>, _ severity: Severity, _ checkClass: Check.Class, _ title: String, _ attack: String,
    _ remediation: String
  ) -> Check {
    Check(
      id: id, version: 1, title: title, severity: severity, checkClass: checkClass, attack: [attack],
      notes: [
        Label(name: "rationale", value: "An intruder who wants to stay changes this early."),
        Label(name: "remediation", value: remediation),
      ], script: [], digest: digest, file: "checks/\(id)/check.sh")
  }

  /// Lists one more terminal and records how the sweep ended with it; checks that are not named passed.
  mutating func add(
    _ id: ID<Terminal>, _ site: ID<Site>, _ outcome: Outcome = .inspected, _ reason: String = "",
    said: [ID<Check>: (CheckResult, String)] = [:], without: Set<ID<Check>> = [], key: HostKeyEvidence? = nil,
    facts: [Fact] = [], root: String? = nil, role: String = "workstation", owner: String = "", labels: [Label] = [],
    attempts: Int = 1
  ) {
    let number = terminals.count
    terminals.append(
      Terminal(
        id: id, address: "10.\(site.rawValue.utf8.count).0.\(number + 1)", site: site, role: role, owner: owner,
        root: root, labels: labels))
    clock = Timestamp(milliseconds: clock.milliseconds + 1170)
    guard Outcome.ofAttempts.contains(outcome) else {
      records.append(TerminalRecord(terminal: id, outcome: outcome, reason: reason, attempts: 0, last: nil))
      return
    }
    let ran = outcome == .inspected || outcome == .partial
    let observations = (ran ? checks : []).filter { !without.contains($0.id) }.map { check in
      let (result, message) = said[check.id] ?? (.pass, "nothing to report")
      return Observation(
        check: check.id, result: result, message: message, milliseconds: 12,
        facts: facts.filter { fact in check.facts.contains { $0.name == fact.name } })
    }
    let own = HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:key\(number)", standing: .recorded)
    let attempt = Attempt(
      terminal: id, number: attempts, started: Timestamp(milliseconds: clock.milliseconds - 900), ended: clock,
      outcome: outcome, reason: reason, isFinal: true, hostKey: key ?? (ran ? own : nil), observations: observations)
    records.append(
      TerminalRecord(terminal: id, outcome: outcome, reason: reason, attempts: attempts, last: attempt))
  }

  /// As if no client had shown one.
  mutating func forgetKeys() {
    records = records.map { record in
      TerminalRecord(
        terminal: record.terminal, outcome: record.outcome, reason: record.reason, attempts: record.attempts,
        last: record.last.map { last in
          Attempt(
            terminal: last.terminal, number: last.number, started: last.started, ended: last.ended,
            outcome: last.outcome, reason: last.reason, isFinal: last.isFinal, observations: last.observations)
        })
    }
  }

  var inventory: Inventory {
    var inventory = Inventory(
      name: "example", sites: sites, terminals: terminals, credentials: [:], limits: Limits(),
      sources: SourceFiles(origin: "inventories/example", files: []), digest: Self.digest)
    inventory.flows = flows
    inventory.waivers = waivers
    return inventory
  }

  func report(runs: Int = 2, only: Set<ID<Site>>? = nil) -> Report {
    var assessor = Assessor(inventory: inventory, checks: checks, conditions: conditions)
    for record in records { assessor.add(record) }
    let manifest = SweepManifest(
      id: id, started: Timestamp(milliseconds: 1_795_498_200_000), tool: "0.1.0",
      inventory: "example", inventoryDigest: Self.digest, catalogueDigest: Self.digest, terminals: terminals.count,
      scope: Scope(name: name, transport: transport))
    return Report(
      manifest: manifest, inventory: inventory,
      catalogue: Catalogue(
        checks: catalogue ?? checks, sources: SourceFiles(origin: "checks", files: []), digest: Self.digest),
      assessment: assessor.finish(), runs: runs, only: only)
  }
}
