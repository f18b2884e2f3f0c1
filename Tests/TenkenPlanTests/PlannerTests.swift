import TenkenModel
import TenkenPlan
import TenkenTestSupport
import Testing

struct PlannerTests {
  private let inventory = SampleFleet.inventory(
    sites: [SampleFleet.site("tokyo")],
    terminals: ["linux", "windows", "linux", "macos"].enumerated().map { index, platform in
      Terminal(id: ID("tokyo-\(index + 1)")!, address: "10.0.0.\(index + 1)", site: "tokyo", platform: platform)
    })
  private let catalogue = SampleFleet.catalogue([
    Check.sample("access.keys"), Check.sample("access.uid0", platforms: ["linux", "macos"]),
    Check.sample("log.wtmp", checkClass: .hardening), Check.sample("log.deep", cost: .heavy),
    Check.sample("win.logons", platforms: ["windows"]),
  ])

  private func plan(
    _ checks: [String] = [], catalogue: Catalogue? = nil, inventory: Inventory? = nil,
    settled: Settled = Settled(), isSelected: (Int) -> Bool = { _ in true }
  ) throws -> Plan {
    try Planner.plan(
      inventory: inventory ?? self.inventory, catalogue: catalogue ?? self.catalogue, scope: Scope(checks: checks),
      isSelected: isSelected, settled: settled)
  }

  private func ids(_ plan: Plan, terminal: Int) -> [String]? {
    guard case .inspect(let set, _, _) = plan.dispositions[terminal] else { return nil }
    return plan.checkSets[set].map(\.id.rawValue)
  }

  @Test func `without words every light check goes to the terminals of its platforms`() throws {
    let plan = try plan()
    #expect(ids(plan, terminal: 0) == ["access.keys", "access.uid0", "log.wtmp"])
    #expect(ids(plan, terminal: 1) == ["win.logons"])
    #expect(ids(plan, terminal: 2) == ids(plan, terminal: 0))
    #expect(ids(plan, terminal: 3) == ["access.uid0"])
    #expect(plan.checkSets.count == 3)
  }

  @Test(arguments: [
    (["log.wtmp"], ["log.wtmp"]), (["log"], ["log.deep", "log.wtmp"]), (["hardening"], ["log.wtmp"]),
    (["heavy"], ["log.deep"]), (["access", "log.wtmp"], ["access.keys", "access.uid0", "log.wtmp"]),
  ])
  func `a word names an id, its beginning, a class or a cost`(words: [String], expected: [String]) throws {
    #expect(ids(try plan(words), terminal: 0) == expected)
  }

  @Test func `the beginning of an id ends at a dot`() {
    #expect(throws: Failure.self) { try plan(["acc"]) }
  }

  @Test func `every unknown word is told at once, each with the nearest`() throws {
    let failure = try #require(throws: Failure.self) { try plan(["log.wtmq", "access.keys", "integritty", "zzz"]) }
    #expect(failure.code == .usage)
    #expect(failure.what.contains(#""log.wtmq" (nearest: log.wtmp)"#))
    #expect(failure.what.contains(#""integritty" (nearest: integrity)"#))
    #expect(failure.what.contains(#""zzz""#))
    #expect(!failure.what.contains("access.keys"))
  }

  @Test func `a catalogue with nothing to do is refused, not swept with nothing`() throws {
    let empty = try #require(throws: Failure.self) { try plan(catalogue: SampleFleet.catalogue([])) }
    #expect(empty.code == .usage)
    let heavyOnly = SampleFleet.catalogue([Check.sample("log.deep", cost: .heavy)])
    #expect(throws: Failure.self) { try plan(catalogue: heavyOnly) }
  }

  @Test func `a script that was given goes along with whatever is named`() throws {
    let script = Check.sample("script.look", resultProtocol: .script, platforms: ["linux", "macos"])
    let catalogue = SampleFleet.catalogue(self.catalogue.checks + [script])
    let plan = try plan(["log.wtmp"], catalogue: catalogue)
    #expect(ids(plan, terminal: 0) == ["log.wtmp", "script.look"])
    #expect(ids(plan, terminal: 1) == [])
    #expect(ids(plan, terminal: 3) == ["script.look"])
  }

  @Test func `a terminal that no check fits is contacted all the same`() throws {
    #expect(ids(try plan(["log.wtmp"]), terminal: 1) == [])
  }

  @Test func `what is not selected is excluded by name`() throws {
    let plan = try plan { $0 != 2 }
    #expect(plan.dispositions[2] == .excluded("not selected"))
    #expect(plan.dispositions.filter { $0 == .excluded("not selected") }.count == 1)
  }

  @Test func `a resume keeps what is settled and asks no selection`() throws {
    let settled = Settled(
      final: ["tokyo-1": .inspected, "tokyo-2": .authFailed], attempts: ["tokyo-3": 2],
      excluded: ["tokyo-4": "not selected"])
    let plan = try plan(settled: settled) { _ in
      Issue.record("the selection was asked again")
      return false
    }
    #expect(plan.dispositions[0] == .settled(.inspected))
    #expect(plan.dispositions[1] == .settled(.authFailed))
    #expect(plan.dispositions[2] == .inspect(set: 0, attempts: 2))
    #expect(plan.dispositions[3] == .excluded("not selected"))
  }

  @Test func `a terminal that the interruption left untouched is inspected`() throws {
    let plan = try plan(settled: Settled(final: ["tokyo-1": .inspected])) { _ in false }
    #expect(ids(plan, terminal: 2) == ["access.keys", "access.uid0", "log.wtmp"])
  }

  @Test func `user and identity of the command line override every credential`() throws {
    let scope = Scope(user: "root", identity: "~/key")
    let plan = try Planner.plan(inventory: inventory, catalogue: catalogue, scope: scope, isSelected: { _ in true })
    let credential = try #require(plan.inventory.credentials["default"])
    #expect(credential.user == "root")
    #expect(credential.identity == .file("~/key"))
    let unchanged = try self.plan().inventory.credentials["default"]
    #expect(unchanged?.user == "inspector")
    #expect(unchanged?.identity == .agent)
  }

  @Test func `they override no credential of a gateway, not even one that terminals have as well`() throws {
    let gateways = [Gateway(id: "shared", address: "10.0.1.1"), Gateway(id: "own", address: "g", credential: "jump")]
    let own = Credential(name: "jump", user: "jumper", identity: .file("~/jump"))
    let fleet = Inventory(
      name: "sample", sites: inventory.sites, gateways: gateways, terminals: inventory.terminals,
      credentials: inventory.credentials.merging(["jump": own]) { first, _ in first }, limits: inventory.limits,
      sources: inventory.sources, digest: inventory.digest)
    #expect(try plan(inventory: fleet).inventory.gateways == gateways)
    let plan = try Planner.plan(
      inventory: fleet, catalogue: catalogue, scope: Scope(user: "root", identity: "~/key"), isSelected: { _ in true })
    #expect(plan.inventory.credentials["default"]?.user == "root")
    #expect(plan.inventory.gateways.map(\.address) == ["10.0.1.1", "g"])
    let credentials = plan.inventory.gateways.map { plan.inventory.credentials[$0.credential] }
    #expect(credentials.map(\.?.user) == ["inspector", "jumper"])
    #expect(credentials.map(\.?.identity) == [.agent, .file("~/jump")])
  }

  @Test func `a credential that does not exist is bad input, but only for what is contacted`() throws {
    let stranger = Terminal(id: "tokyo-9", address: "10.0.0.9", site: "tokyo", credential: "vault")
    let inventory = SampleFleet.inventory(sites: inventory.sites, terminals: inventory.terminals + [stranger])
    let failure = try #require(throws: Failure.self) { try plan(inventory: inventory) }
    #expect(failure.code == .badInput)
    #expect(failure.description.contains("tokyo-9"))
    #expect(failure.description.contains("vault"))
    _ = try plan(inventory: inventory) { $0 != 4 }
  }

  @Test func `the limits are those of the scope`() throws {
    let scope = Scope(limits: Limits(concurrency: 7))
    let plan = try Planner.plan(inventory: inventory, catalogue: catalogue, scope: scope, isSelected: { _ in true })
    #expect(plan.limits.concurrency == 7)
  }
}
