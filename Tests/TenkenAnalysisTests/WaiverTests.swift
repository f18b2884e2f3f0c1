import TenkenAnalysis
import TenkenModel
import Testing

/// An exception is no pass, covers what it names, and ends.
struct WaiverTests {
  private static let checks = [
    Fleet.check("a", .critical, .integrity), Fleet.check("b", .high, .hardening), Fleet.check("c", .low, .hardening),
  ]

  private static func assess(
    _ results: [ID<Check>: CheckResult], _ waivers: [Waiver], outcome: Outcome = .inspected, key: HostKeyEvidence? = nil
  ) -> Assessment {
    var fleet = Fleet()
    fleet.checks = checks
    fleet.add("one", outcome, results, key: key)
    var inventory = fleet.inventory
    inventory.waivers = waivers
    var assessor = Assessor(inventory: inventory, checks: checks)
    for record in fleet.records { assessor.add(record) }
    return assessor.finish()
  }

  private static func waiver(_ check: ID<Check>?, until: Int64 = 1 << 40) -> Waiver {
    Waiver(check: check, who: "w", why: "y", until: Timestamp(milliseconds: until), place: "p")
  }

  @Test func `a failure that is excepted leaves its terminal excepted, listed and not sound`() throws {
    let assessment = Self.assess(["a": .fail, "b": .pass, "c": .pass], [Self.waiver("a")])
    let terminal = assessment.terminals[0]
    #expect(terminal.state == .excepted)
    #expect(terminal.open.isEmpty && terminal.excepted.map(\.finding.subject) == [.check("a")])
    #expect(terminal.failed.map(\.check) == ["a"], "the answer stays a fail")
    #expect(assessment.soundness == .observations)
    #expect(assessment.group[.sound] == 0 && assessment.group.listed == 1)
    #expect(assessment.findings.isEmpty)
  }

  @Test func `what it does not name stays open`() {
    #expect(Self.assess(["a": .fail, "b": .fail, "c": .pass], [Self.waiver("b")]).terminals[0].state == .suspect)
    #expect(Self.assess(["a": .fail, "b": .fail, "c": .pass], [Self.waiver("a")]).terminals[0].state == .unsound)
    #expect(Self.assess(["a": .fail, "b": .fail, "c": .fail], [Self.waiver(nil)]).terminals[0].state == .excepted)
  }

  @Test func `what was not seen cannot be excepted`() {
    #expect(Self.assess(["a": .fail, "b": .pass], [Self.waiver(nil)]).terminals[0].state == .undetermined)
    #expect(Self.assess([:], [Self.waiver(nil)], outcome: .unreachable).terminals[0].state == .undetermined)
    let key = HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: .mismatch)
    let other = Self.assess([:], [Self.waiver(nil)], outcome: .hostKeyMismatch, key: key)
    #expect(other.terminals[0].state == .unsound)
  }

  @Test func `it ends with its day, by when the failure was seen`() {
    let seen = Fleet.record("one", .inspected, ["a": .fail]).last?.ended.milliseconds ?? 0
    let results: [ID<Check>: CheckResult] = ["a": .fail, "b": .pass, "c": .pass]
    #expect(Self.assess(results, [Self.waiver("a", until: seen)]).terminals[0].state == .excepted)
    #expect(Self.assess(results, [Self.waiver("a", until: seen - 1)]).terminals[0].state == .suspect)
  }

  @Test func `no waiver ever makes anything better than excepted, nor changes what is counted`() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<300 {
      var results: [ID<Check>: CheckResult] = [:]
      for check in Self.checks { results[check.id] = CheckResult.allCases.randomElement(using: &random) }
      let waivers = [Self.waiver("a"), Self.waiver("b"), Self.waiver(nil)].filter { _ in Bool.random(using: &random) }
      let (bare, waived) = (Self.assess(results, []), Self.assess(results, waivers))
      let (before, after) = (bare.terminals[0].state, waived.terminals[0].state)
      #expect(
        after == before || after == .excepted || (before == .suspect && after == .unsound) || after == .undetermined)
      #expect((after == .sound) == (before == .sound))
      #expect(waived.terminals[0].answers == bare.terminals[0].answers)
      #expect(waived.group.listed == bare.group.listed && waived.group.soundShare.least == bare.group.soundShare.least)
    }
  }
}
