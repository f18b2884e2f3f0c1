import TenkenAnalysis
import TenkenModel
import Testing

@Suite struct `What the conditions of sites come to` {
  private func at(_ second: Int64) -> Timestamp { Timestamp(milliseconds: second * 1000) }

  private func condition(
    _ standing: SiteCondition.Standing, _ second: Int64, site: ID<Site> = "tokyo", gateway: ID<Gateway>? = "jump",
    outcome: Outcome = .unreachable, key: HostKeyEvidence.Standing? = nil
  ) -> SiteCondition {
    SiteCondition(
      site: site, standing: standing, gateway: gateway, outcome: standing == .released ? nil : outcome,
      reason: standing == .released ? "" : "because of \(second)",
      hostKey: key.map { HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: $0) }, at: at(second))
  }

  private func fleet(_ conditions: [SiteCondition], outcome: Outcome = .pending) -> Fleet {
    var fleet = Fleet()
    fleet.sites = [Site(id: "tokyo", name: "Tokyo"), Site(id: "bangkok", name: "Bangkok")]
    fleet.add("t-1", .inspected, ["log.wtmp": .pass])
    fleet.add("t-2", outcome)
    fleet.add("b-1", .inspected, ["log.wtmp": .pass], site: "bangkok")
    fleet.conditions = conditions
    return fleet
  }

  @Test func `a site is held since the first turn that no release has followed`() {
    let turns = [
      condition(.held, 1), condition(.released, 2), condition(.held, 3), condition(.givenUp, 4), condition(.held, 5),
    ]
    let hold = fleet(turns).assessed().sites[0].holds
    #expect(hold.map(\.since) == [at(3)] && hold.first?.condition == turns[4])
    for count in [0, 2] { #expect(fleet(Array(turns.prefix(count))).assessed().sites[0].holds.isEmpty) }
  }

  @Test func `two causes are two holds, and a site that nobody waits at has none`() {
    let turns = [condition(.held, 1), condition(.held, 2, gateway: "other"), condition(.held, 3, gateway: nil)]
    #expect(fleet(turns).assessed().sites[0].holds.map(\.gateway) == ["jump", "other", nil])
    #expect(fleet(turns + [condition(.released, 4, gateway: "other")]).assessed().sites[0].holds.count == 2)
    #expect(fleet(turns, outcome: .unreachable).assessed().sites[0].holds.isEmpty)
  }

  @Test func `those that wait say for what, and the account is as it was`() {
    let before = fleet([]).assessed()
    let after = fleet([condition(.givenUp, 7)]).assessed()
    #expect(after.terminals[1].reason == "not contacted: gateway jump: because of 7")
    #expect(after.terminals[0].reason == before.terminals[0].reason)
    #expect(after.group == before.group && after.exitStatus == before.exitStatus)
  }

  @Test(
    arguments: [
      (.mismatch, .hostKeyMismatch, .unsound), (.revoked, .hostKeyMismatch, .suspect), (nil, .hostile, .unsound),
      (nil, .hostKeyMismatch, .unsound), (nil, .hostKeyUnknown, nil), (nil, .authFailed, nil),
    ] as [(HostKeyEvidence.Standing?, Outcome, Soundness?)])
  func `a gateway that may be an impostor is one finding of its sites`(
    key: HostKeyEvidence.Standing?, outcome: Outcome, soundness: Soundness?
  ) {
    let assessment = fleet([condition(.givenUp, 1, outcome: outcome, key: key), condition(.released, 2)]).assessed()
    guard let soundness else {
      #expect(assessment.findings.isEmpty && assessment.exitStatus == 2)
      return
    }
    #expect(assessment.findings.count == 1)
    #expect(assessment.findings[0].places.map(\.site) == ["tokyo"] && assessment.findings[0].sightings.isEmpty)
    #expect(assessment.sites.map(\.soundness) == [soundness, .sound])
    #expect(assessment.soundness == soundness && assessment.exitStatus == 3)
    #expect(assessment.terminals.map(\.state) == [.sound, .undetermined, .sound], "no terminal is to blame")
    #expect(assessment.sites.map(\.account).reduce(Account(), +) == assessment.group)
  }

  @Test func `one gateway of two sites is one finding of the group`() {
    let turns = ["tokyo", "bangkok"].map { condition(.givenUp, 1, site: $0, outcome: .hostKeyMismatch) }
    let assessment = fleet(turns).assessed()
    #expect(assessment.findings.map { $0.places.map(\.site) } == [["tokyo", "bangkok"]])
    #expect(assessment.sites.map { $0.findings.map { $0.places.map(\.site) } } == [[["tokyo"]], [["bangkok"]]])
  }
}
