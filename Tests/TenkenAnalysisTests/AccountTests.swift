import TenkenAnalysis
import TenkenModel
import Testing

@Suite struct `An account` {
  @Test func `has no rating where nothing was inspected`() {
    var fleet = Fleet()
    #expect(fleet.assessed().soundness == .noRating)
    fleet.add("t1", .unreachable)
    #expect(fleet.assessed().soundness == .noRating)
    fleet.add("t2", .inspected, ["log.wtmp": .pass])
    #expect(fleet.assessed().soundness == .undetermined)
  }

  @Test func `is as bad as what is known even where nothing was inspected`() {
    var fleet = Fleet()
    fleet.add("t1", .hostKeyMismatch)
    #expect(fleet.assessed().soundness == .unsound)
  }

  @Test func `is undetermined for a single unseen terminal among many`() {
    var fleet = Fleet()
    for number in 0..<200 { fleet.add(ID("t\(number)")!, .inspected, ["log.wtmp": .pass]) }
    #expect(fleet.assessed().soundness == .sound)
    fleet.add("last", .timedOut)
    #expect(fleet.assessed().soundness == .undetermined)
  }
}
