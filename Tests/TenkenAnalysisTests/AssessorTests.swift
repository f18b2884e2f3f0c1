import TenkenAnalysis
import TenkenModel
import Testing

@Suite struct `An assessor` {
  @Test func `counts a terminal without a record as pending`() {
    var fleet = Fleet()
    fleet.add("seen", .inspected, ["log.wtmp": .pass])
    fleet.add("lost")
    fleet.records.removeLast()
    let assessment = fleet.assessed()
    #expect(assessment.isPartial)
    #expect(assessment.terminals.map(\.outcome) == [.inspected, .pending])
    #expect(assessment.soundness == .undetermined)
  }

  @Test func `puts the worst finding first, integrity before the rest, then by terminals`() {
    var fleet = Fleet()
    fleet.checks = [
      Fleet.check("a.low", .low, .integrity), Fleet.check("b.hard", .critical, .hardening),
      Fleet.check("c.crit", .critical, .integrity), Fleet.check("d.two", .high, .integrity),
      Fleet.check("e.one", .high, .integrity),
    ]
    fleet.add("t1", .inspected, ["a.low": .fail, "b.hard": .fail, "c.crit": .fail, "d.two": .fail, "e.one": .pass])
    fleet.add("t2", .inspected, ["a.low": .pass, "b.hard": .pass, "c.crit": .pass, "d.two": .fail, "e.one": .fail])
    let findings = fleet.assessed().findings
    #expect(findings.map(\.id) == ["c.crit", "b.hard", "d.two", "e.one", "a.low"])
    #expect(findings[2].sightings.map(\.terminal) == [0, 1])
    #expect(findings[0].sightings.map(\.message) == ["c.crit said fail"])
  }

  @Test func `says which checks it went by`() {
    var fleet = Fleet()
    fleet.checks = [Fleet.check("b", .low, .integrity), Fleet.check("a", .low, .integrity)]
    #expect(fleet.assessed().checks == ["a", "b"])
  }

  @Test func `a site sees its own terminals and findings only`() {
    var fleet = Fleet()
    fleet.sites.append(Site(id: "osaka", name: "Osaka"))
    fleet.add("t1", .inspected, ["log.wtmp": .fail])
    fleet.add("o1", .inspected, ["log.wtmp": .pass], site: "osaka")
    let assessment = fleet.assessed()
    #expect(assessment.sites.map(\.soundness) == [.suspect, .sound])
    #expect(assessment.sites.map(\.terminals) == [[0], [1]])
    #expect(assessment.sites[1].findings.isEmpty)
    #expect(assessment.soundness == .suspect)
  }

  @Test func `the same host key on two terminals is a finding on both`() {
    var fleet = Fleet()
    fleet.add("t1", .inspected, ["log.wtmp": .pass], key: key("same"))
    fleet.add("t2", .inspected, ["log.wtmp": .pass], key: key("same"))
    fleet.add("t3", .inspected, ["log.wtmp": .pass], key: key("own"))
    let assessment = fleet.assessed()
    #expect(assessment.terminals.map(\.state) == [.observations, .observations, .sound])
    #expect(assessment.findings.map(\.id) == ["host-key-shared"])
    #expect(assessment.findings[0].sightings[0].message.contains("2 terminals, t2 among them"))
  }

  @Test func `a site may share host keys, but not lend them to another site`() {
    var fleet = Fleet()
    fleet.sites = [Site(id: "tokyo", name: "", sharesHostKeys: true), Site(id: "osaka", name: "")]
    fleet.add("t1", .inspected, ["log.wtmp": .pass], key: key("same"))
    fleet.add("t2", .inspected, ["log.wtmp": .pass], key: key("same"))
    #expect(fleet.assessed().findings.isEmpty)
    fleet.add("o1", .inspected, ["log.wtmp": .pass], site: "osaka", key: key("same"))
    #expect(fleet.assessed().terminals.map(\.state) == [.sound, .sound, .observations])
  }

  private func key(_ name: String) -> HostKeyEvidence {
    HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:\(name)", standing: .recorded)
  }
}
