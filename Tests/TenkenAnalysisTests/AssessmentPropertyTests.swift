import TenkenAnalysis
import TenkenModel
import Testing

/// The properties that the design demands of every assessment, on thousands of generated sweeps.
@Suite struct `Properties of an assessment` {
  private static let seeds: Range<UInt64> = 0..<3000

  @Test func `removing a pass never improves anything`() {
    forEachPlace(of: .pass) { place, sweep, before in
      expectNoBetter(sweep.replacing(place, with: nil).assessed(), than: before)
    }
  }

  @Test func `removing a fail never gives better than undetermined and never raises the lower bound`() {
    forEachPlace(of: .fail) { place, sweep, before in
      let after = sweep.replacing(place, with: nil).assessed()
      #expect(rank(after.terminals[place.record].state) >= rank(.undetermined))
      #expect(after.group.soundShare.least <= before.group.soundShare.least)
      #expect(after.exitStatus & 2 == 2 || sweep.fleet.records[place.record].outcome == .excluded)
    }
  }

  @Test func `an error or an unknown in the place of a definite result improves nothing`() {
    for result in [CheckResult.pass, .notApplicable, .informational] {
      forEachPlace(of: result) { place, sweep, before in
        expectNoBetter(sweep.replacing(place, with: .error).assessed(), than: before)
        expectNoBetter(sweep.replacing(place, with: .unknown).assessed(), than: before)
        expectNoBetter(sweep.replacing(place, with: .notChecked).assessed(), than: before)
      }
    }
  }

  @Test func `a terminal that was not reached improves nothing, wherever it is added`() {
    let unreached = Outcome.allCases.filter { $0 != .inspected && $0 != .partial }
    forEachSweep { sweep, before in
      for site in sweep.fleet.sites {
        for outcome in unreached {
          var fleet = sweep.fleet
          fleet.add("added", outcome, site: site.id)
          let after = fleet.assessed()
          expectNoBetter(after, than: before)
          #expect(after.terminals.last.map { rank($0.state) >= rank(.undetermined) } == true)
        }
      }
    }
  }

  @Test func `the outcomes and the states of every account sum to what is listed`() {
    forEachSweep { sweep, assessment in
      let accounts = [assessment.group] + assessment.sites.map(\.account)
      for account in accounts {
        #expect(Outcome.allCases.map { account[$0] }.reduce(0, +) == account.listed)
        #expect(TerminalState.worstFirst.map { account[$0] }.reduce(0, +) == account.listed)
      }
      #expect(assessment.group.listed == sweep.fleet.terminals.count)
    }
  }

  @Test func `the sites add up to the group, and the group is the worst of the sites`() {
    forEachSweep { _, assessment in
      #expect(assessment.sites.map(\.account).reduce(Account(), +) == assessment.group)
      let worst = assessment.sites.filter { $0.account.listed > 0 }.map(\.soundness).max()
      #expect(!((worst ?? .noRating) < assessment.soundness) && !(assessment.soundness < (worst ?? .noRating)))
    }
  }

  @Test func `splitting and merging sites keeps the counts`() {
    forEachSweep { sweep, before in
      var merged = sweep.fleet
      merged.sites = [Site(id: "all", name: "All", sharesHostKeys: true)]
      merged.terminals = merged.terminals.map { Terminal(id: $0.id, address: "", site: "all", platform: $0.platform) }
      let after = merged.assessed()
      #expect(after.group == before.group)
      #expect(after.sites[0].account == before.group)
      #expect(after.exitStatus == before.exitStatus)
    }
  }

  @Test func `the order of the records does not matter`() {
    forEachSweep { sweep, before in
      var random = sweep.random
      var shuffled = sweep.fleet
      shuffled.records.shuffle(using: &random)
      let after = shuffled.assessed()
      #expect(after.terminals.map(\.state) == before.terminals.map(\.state))
      #expect(after.findings.map(\.subject) == before.findings.map(\.subject))
      #expect(after.findings.map(\.sightings) == before.findings.map(\.sightings))
      #expect(after.sites.map(\.account) == before.sites.map(\.account))
    }
  }

  @Test func `a sound terminal was inspected, every check answered, and nothing is open above info`() {
    forEachSweep { sweep, assessment in
      for terminal in assessment.terminals where terminal.state == .sound {
        #expect(terminal.outcome == .inspected)
        #expect(terminal.answers.allSatisfy { $0.result?.isDefinite == true })
        #expect(terminal.open.allSatisfy { $0.severity == .info })
        let planned = sweep.fleet.checks.filter {
          $0.platforms.contains(sweep.fleet.terminals[terminal.index].platform)
        }
        #expect(Set(terminal.answers.map(\.check)) == Set(planned.map(\.id)))
      }
    }
  }

  @Test func `every failed check of a terminal is among the findings, with the terminal behind it`() {
    forEachSweep { _, assessment in
      let sightings = assessment.findings.reduce(0) { $0 + $1.sightings.count }
      #expect(sightings == assessment.terminals.reduce(0) { $0 + $1.open.count })
      let inSites = assessment.sites.flatMap(\.findings).reduce(0) { $0 + $1.sightings.count }
      #expect(sightings == inSites)
      for terminal in assessment.terminals {
        #expect(terminal.open.count(where: { $0.subject.source == "check" }) == terminal.failed.count)
      }
    }
  }

  @Test func `the exit status is 0 only where all that was selected is wholly seen and nothing is bad`() {
    forEachSweep { _, assessment in
      let selected = assessment.terminals.filter { $0.outcome != .excluded }
      let isGood = !selected.isEmpty && selected.allSatisfy { $0.state == .sound || $0.state == .observations }
      #expect((assessment.exitStatus == 0) == isGood)
    }
  }

  private func forEachSweep(_ body: (GeneratedSweep, Assessment) -> Void) {
    for seed in Self.seeds {
      let sweep = GeneratedSweep(seed: seed)
      body(sweep, sweep.fleet.assessed())
    }
  }

  private func forEachPlace(
    of result: CheckResult, _ body: ((record: Int, check: ID<Check>), GeneratedSweep, Assessment) -> Void
  ) {
    forEachSweep { sweep, assessment in
      for place in sweep.places(of: result) { body(place, sweep, assessment) }
    }
  }

  private func expectNoBetter(_ after: Assessment, than before: Assessment) {
    for (was, now) in zip(before.terminals, after.terminals) { #expect(rank(now.state) >= rank(was.state)) }
    for (was, now) in zip(before.sites, after.sites) { #expect(!(now.soundness < was.soundness)) }
    #expect(!(after.soundness < before.soundness))
    let (was, now) = (before.group.soundShare, after.group.soundShare)
    #expect(now.least * max(was.of, 1) <= was.least * max(now.of, 1))
    #expect(after.exitStatus & before.exitStatus == before.exitStatus || before.exitStatus == 2)
  }

  private func rank(_ state: TerminalState) -> Int {
    TerminalState.worstFirst.count - TerminalState.worstFirst.firstIndex(of: state)!
  }
}
