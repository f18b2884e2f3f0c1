import TenkenAnalysis
import TenkenModel
import Testing

@Suite struct `The exit status of a sweep` {
  @Test func `is 0 where everything selected was inspected and nothing is unsound`() {
    #expect(status([.inspected: [.pass]]) == 0)
    #expect(status([.inspected: [.pass], .excluded: []]) == 0)
  }

  @Test func `is 1 for something suspect, 2 for something unseen, 3 for both`() {
    #expect(status([.inspected: [.fail]]) == 1)
    #expect(status([.inspected: [.pass], .unreachable: []]) == 2)
    #expect(status([.inspected: [.pass], .pending: []]) == 2)
    #expect(status([.inspected: [.fail], .authFailed: []]) == 3)
  }

  @Test func `is 3 for one terminal that is both bad and not wholly seen`() {
    #expect(status([.partial: [.fail]]) == 3)
    #expect(status([.hostKeyMismatch: []]) == 3)
  }

  @Test func `is 2 where an inspected terminal had no check for its platform`() {
    #expect(status([.inspected: [.notApplicable]]) == 2)
  }

  @Test func `is never 0 where nothing was selected`() {
    #expect(status([:]) == 2)
    #expect(status([.excluded: []]) == 2)
  }

  private func status(_ terminals: [Outcome: [CheckResult]]) -> Int32 {
    var fleet = Fleet()
    for (outcome, results) in terminals {
      fleet.add(ID("t-\(outcome.rawValue)")!, outcome, results.first.map { ["log.wtmp": $0] } ?? [:])
    }
    return fleet.assessed().exitStatus
  }
}
