import TenkenAnalysis
import TenkenModel
import Testing

/// The properties that the design demands of every assessment, on thousands of generated sweeps.
@Suite struct `Properties of an assessment` {
  private static let sweeps = (UInt64(0)..<2000).map { seed in
    let sweep = GeneratedSweep(seed: seed)
    return (sweep, sweep.fleet.assessed())
  }

  @Test func `removing a pass never improves anything`() {
    forEachPlace(of: .pass) { place, sweep, before in
      expectNoBetter(sweep.replacing(place, with: nil).assessed(), than: before)
    }
  }

  @Test func `removing a fail never gives better than undetermined and never raises the lower bound`() {
    forEachPlace(of: .fail) { place, sweep, before in
      let after = sweep.replacing(place, with: nil).assessed()
      hold(rank(after.terminals[place.record].state) >= rank(.undetermined))
      hold(after.group.soundShare.least <= before.group.soundShare.least)
      hold(after.exitStatus & 2 == 2 || sweep.fleet.records[place.record].outcome == .excluded)
    }
  }

  @Test(arguments: [CheckResult.pass, .notApplicable, .informational])
  func `an error or an unknown in the place of a definite result improves nothing`(result: CheckResult) {
    let worse: [CheckResult] = [.error, .unknown, .notChecked]
    forEachPlace(of: result) { place, sweep, before in
      let other = worse[(place.record + sweep.fleet.terminals.count) % worse.count]
      expectNoBetter(sweep.replacing(place, with: other).assessed(), than: before)
    }
  }

  @Test func `a terminal that was not reached improves nothing, wherever it is added`() {
    let unreached = Outcome.allCases.filter { $0 != .inspected && $0 != .partial }
    for (seed, (sweep, before)) in Self.sweeps.enumerated() {
      for site in sweep.fleet.sites {
        var fleet = sweep.fleet
        fleet.add("added", unreached[seed % unreached.count], site: site.id)
        let after = fleet.assessed()
        expectNoBetter(after, than: before)
        hold(after.terminals.last.map { rank($0.state) >= rank(.undetermined) } == true)
      }
    }
  }

  @Test func `the outcomes and the states of every account sum to what is listed`() {
    forEachSweep { sweep, assessment in
      let accounts = [assessment.group] + assessment.sites.map(\.account)
      for account in accounts {
        hold(Outcome.allCases.map { account[$0] }.reduce(0, +) == account.listed)
        hold(TerminalState.worstFirst.map { account[$0] }.reduce(0, +) == account.listed)
      }
      hold(assessment.group.listed == sweep.fleet.terminals.count)
    }
  }

  @Test func `the sites add up to the group, and the group is the worst of the sites`() {
    forEachSweep { _, assessment in
      hold(assessment.sites.map(\.account).reduce(Account(), +) == assessment.group)
      let worst = assessment.sites.filter { $0.account.listed > 0 }.map(\.soundness).max()
      hold(!((worst ?? .noRating) < assessment.soundness) && !(assessment.soundness < (worst ?? .noRating)))
    }
  }

  @Test func `splitting and merging sites keeps the counts`() {
    forEachSweep { sweep, before in
      var merged = sweep.fleet
      merged.sites = [Site(id: "all", name: "All", sharesHostKeys: true)]
      merged.terminals = merged.terminals.map { Terminal(id: $0.id, address: "", site: "all", platform: $0.platform) }
      let after = merged.assessed()
      hold(after.group == before.group)
      hold(after.sites[0].account == before.group)
      hold(after.exitStatus == before.exitStatus)
    }
  }

  @Test func `the order of the records does not matter`() {
    forEachSweep { sweep, before in
      var random = sweep.random
      var shuffled = sweep.fleet
      shuffled.records.shuffle(using: &random)
      let after = shuffled.assessed()
      hold(after.terminals.map(\.state) == before.terminals.map(\.state))
      hold(after.findings.map(\.subject) == before.findings.map(\.subject))
      hold(after.findings.map(\.sightings) == before.findings.map(\.sightings))
      hold(after.sites.map(\.account) == before.sites.map(\.account))
    }
  }

  @Test func `a sound terminal was inspected, every check answered, and nothing is open above info`() {
    forEachSweep { sweep, assessment in
      for terminal in assessment.terminals where terminal.state == .sound {
        hold(terminal.outcome == .inspected)
        hold(terminal.answers.allSatisfy { $0.result?.isDefinite == true })
        hold(terminal.open.allSatisfy { $0.severity == .info })
        let planned = sweep.fleet.checks.filter {
          $0.platforms.contains(sweep.fleet.terminals[terminal.index].platform)
        }
        hold(Set(terminal.answers.map(\.check)) == Set(planned.map(\.id)))
      }
    }
  }

  @Test func `every failed check of a terminal is among the findings, with the terminal behind it`() {
    forEachSweep { _, assessment in
      let sightings = assessment.findings.reduce(0) { $0 + $1.sightings.count }
      hold(sightings == assessment.terminals.reduce(0) { $0 + $1.open.count })
      let inSites = assessment.sites.flatMap(\.findings).reduce(0) { $0 + $1.sightings.count }
      hold(sightings == inSites)
      for terminal in assessment.terminals {
        hold(terminal.open.count(where: { $0.subject.source == "check" }) == terminal.failed.count)
      }
    }
  }

  @Test func `the exit status is 0 only where all that was selected is wholly seen and nothing is bad`() {
    forEachSweep { _, assessment in
      let selected = assessment.terminals.filter { $0.outcome != .excluded }
      let isGood = !selected.isEmpty && selected.allSatisfy { $0.state == .sound || $0.state == .observations }
      hold((assessment.exitStatus == 0) == isGood)
    }
  }

  /// `#expect` keeps the values of every expression; a million times that takes longer than the sweeps.
  private func hold(_ condition: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
    if !condition { Issue.record("the property does not hold", sourceLocation: sourceLocation) }
  }

  private func forEachSweep(_ body: (GeneratedSweep, Assessment) -> Void) {
    for (sweep, assessment) in Self.sweeps { body(sweep, assessment) }
  }

  private func forEachPlace(
    of result: CheckResult, _ body: ((record: Int, check: ID<Check>), GeneratedSweep, Assessment) -> Void
  ) {
    forEachSweep { sweep, assessment in
      for place in sweep.places(of: result) { body(place, sweep, assessment) }
    }
  }

  private func expectNoBetter(_ after: Assessment, than before: Assessment) {
    for (was, now) in zip(before.terminals, after.terminals) { hold(rank(now.state) >= rank(was.state)) }
    for (was, now) in zip(before.sites, after.sites) { hold(!(now.soundness < was.soundness)) }
    hold(!(after.soundness < before.soundness))
    let (was, now) = (before.group.soundShare, after.group.soundShare)
    hold(now.least * max(was.of, 1) <= was.least * max(now.of, 1))
    hold(after.exitStatus & before.exitStatus == before.exitStatus || before.exitStatus == 2)
  }

  private func rank(_ state: TerminalState) -> Int {
    TerminalState.worstFirst.count - TerminalState.worstFirst.firstIndex(of: state)!
  }
}
