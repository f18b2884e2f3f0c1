import TenkenAnalysis
import TenkenModel
import Testing

@Suite struct `A comparison of two sweeps` {
  private static let checks = [
    Fleet.check("log.wtmp", .critical, .integrity), Fleet.check("net.listen", .high, .integrity),
  ]

  private typealias Contact = (outcome: Outcome, results: [ID<Check>: CheckResult])

  private static let sound: Contact = (.inspected, ["log.wtmp": .pass, "net.listen": .pass])
  private static let listening: Contact = (.inspected, ["log.wtmp": .pass, "net.listen": .fail])
  private static let cleaned: Contact = (.inspected, ["log.wtmp": .fail, "net.listen": .pass])
  private static let untold: Contact = (.inspected, ["log.wtmp": .pass, "net.listen": .notChecked])
  private static let unreached: Contact = (.unreachable, [:])

  /// Of one terminal; `nil`: not listed.
  private func row(_ before: Contact?, _ after: Contact?) -> SweepComparison.Row? {
    let fleets = [before, after].map { contact in
      var fleet = Fleet()
      fleet.checks = Self.checks
      if let contact { fleet.add("t", contact.outcome, contact.results) }
      return fleet
    }
    return SweepComparison(
      before: fleets[0].assessed(), of: fleets[0].inventory, after: fleets[1].assessed(), of: fleets[1].inventory
    ).rows.first
  }

  @Test func `tells what became of a terminal`() {
    #expect(row(Self.sound, Self.sound)?.change == .unchanged)
    #expect(row(Self.sound, Self.listening)?.change == .worsened)
    #expect(row(Self.listening, Self.sound)?.change == .mended)
    #expect(row(Self.sound, Self.unreached)?.change == .lost)
    #expect(row(Self.unreached, Self.sound)?.change == .seen)
    #expect(row(Self.unreached, Self.listening)?.change == .worsened)
    #expect(row(Self.unreached, Self.unreached)?.change == .unchanged)
    #expect(row(nil, Self.sound)?.change == .appeared)
    #expect(row(Self.sound, nil)?.change == .vanished)
  }

  @Test func `tells another finding as worse, even where the state is no worse`() throws {
    let found = try #require(row(Self.cleaned, Self.listening))
    #expect(found.change == .worsened)
    #expect(found.opened.map(\.subject.id) == ["net.listen"])
    #expect(found.closed.map(\.subject.id) == ["log.wtmp"])
  }

  @Test func `never tells a finding as mended that was not seen again`() throws {
    for after in [Self.unreached, Self.untold] {
      let found = try #require(row(Self.listening, after))
      #expect(found.change == .lost)
      #expect(found.closed.isEmpty)
      #expect(found.unconfirmed.map(\.subject.id) == ["net.listen"])
    }
    let vanished = try #require(row(Self.listening, nil))
    #expect(vanished.unconfirmed.map(\.subject.id) == ["net.listen"])
  }

  @Test func `never tells as mended what is only excepted now, or what nobody asked about`() throws {
    var before = Fleet()
    before.checks = Self.checks
    before.add("t", .inspected, ["log.wtmp": .pass, "net.listen": .fail])
    var waived = before.inventory
    waived.waivers = [
      Waiver(check: "net.listen", who: "A", why: "B", until: Timestamp(milliseconds: .max), place: "waivers.yaml:1")
    ]
    var assessor = Assessor(inventory: waived, checks: Self.checks)
    for record in before.records { assessor.add(record) }
    let excepted = try #require(
      SweepComparison(before: before.assessed(), of: before.inventory, after: assessor.finish(), of: waived).rows.first)
    #expect(excepted.change == .unchanged)
    #expect(excepted.closed.isEmpty && excepted.waived.map(\.subject.id) == ["net.listen"])
    var narrow = Fleet()
    narrow.checks = [Self.checks[0]]
    narrow.add("t", .inspected, ["log.wtmp": .pass])
    let unasked = try #require(
      SweepComparison(
        before: before.assessed(), of: before.inventory, after: narrow.assessed(), of: narrow.inventory
      ).rows.first)
    #expect(unasked.change == .unchanged && unasked.unconfirmed.count == 1)
  }

  @Test func `a key that others showed is not the terminal's to mend`() throws {
    let key = HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:one", standing: .recorded)
    var before = Fleet()
    for id in ["x", "y"] as [ID<Terminal>] { before.add(id, .inspected, ["log.wtmp": .pass], key: key) }
    var after = Fleet()
    after.add("x", .inspected, ["log.wtmp": .pass], key: key)
    after.add("y", .unreachable)
    let row = try #require(
      SweepComparison(before: before.assessed(), of: before.inventory, after: after.assessed(), of: after.inventory)
        .rows.first)
    #expect(row.change == .unchanged && row.unconfirmed.map(\.subject.id) == ["host-key-shared"])
  }

  @Test func `has every terminal of either inventory exactly once, and its counts add up`() {
    for seed in 1...50 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      var fleets = [Fleet(), Fleet()]
      for index in fleets.indices {
        fleets[index].checks = Self.checks
        for number in 0..<30 where Int.random(in: 0..<4, using: &random) > 0 {
          let contact = [Self.sound, Self.listening, Self.cleaned, Self.untold, Self.unreached]
            .randomElement(using: &random)!
          fleets[index].add(ID("t\(number)")!, contact.outcome, contact.results)
        }
      }
      let comparison = SweepComparison(
        before: fleets[0].assessed(), of: fleets[0].inventory, after: fleets[1].assessed(), of: fleets[1].inventory)
      let listed = Set(fleets.flatMap { $0.terminals.map(\.id) })
      #expect(Set(comparison.rows.map(\.terminal)) == listed)
      #expect(comparison.rows.count == listed.count)
      let sum = SweepComparison.Change.allCases.map { comparison.count(of: $0) }.reduce(0, +)
      #expect(sum == listed.count)
      for row in comparison.rows where row.change == .mended { #expect(row.after?.assessment.gap == nil) }
    }
  }
}
