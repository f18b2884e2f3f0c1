import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// What a sweep has said is recorded is there, however it ended; each case ends with the audit.
  @Suite struct DurabilityTests {
    @Test(.timeLimit(.minutes(15)))
    func `what a killed sweep has acknowledged is in its journal, and the journal verifies`() async throws {
      try await Rehearsed.with(terminals: 300) { fleet in
        var generator = SplitMix64(seed: 20_261_124)
        var killed = 0
        var sweeps = 0
        while killed < Effort.kills {
          sweeps += 1
          let sweep = fleet.kept(in: "\(fleet.directory)/state-\(sweeps)")
          killed += try await Self.killAndResume(sweep, atMost: Effort.kills - killed, using: &generator)
        }
        #expect(killed == Effort.kills)
      }
    }

    /// Kills a sweep until it has ended, at moments of which some are before anything is recorded.
    private static func killAndResume(
      _ fleet: Rehearsed, atMost most: Int, using generator: inout SplitMix64
    ) async throws -> Int {
      var acknowledged: Set<String> = []
      var killed = 0
      while true {
        let hasBegun = try await fleet.verify().status == 0
        let next = hasBegun ? fleet.resume(["--json"]) : fleet.sweep(["--json", "--concurrency", "8"])
        let run = try await (killed < most ? next.killed(after: Int(generator.next() % 1500)) : next).run()
        acknowledged.formUnion(run.acknowledged)
        let wasKilled = run.status == 128 + SIGKILL
        let verified = try await fleet.verify()
        // Killed before it began: then there is no sweep.
        #expect(verified.status == 0 || wasKilled && acknowledged.isEmpty, "\(verified.stderr)")
        if !acknowledged.isEmpty {
          #expect(try await acknowledged.isDisjoint(with: fleet.list("outcome:pending")))
        }
        guard wasKilled else {
          // One that was killed after its last terminal has nothing left to resume.
          let isOver = run.status == 66 && !acknowledged.isEmpty
          #expect((0...3).contains(run.status) || isOver, "\(run.stderr)")
          #expect(try await fleet.list("outcome:pending").isEmpty)
          return killed
        }
        killed += 1
      }
    }

    @Test(.timeLimit(.minutes(5)))
    func `of twenty processes that want one sweep, one has it and nineteen are told to come later`() async throws {
      try await Rehearsed.with(terminals: 8000) { fleet in
        // Cut off as soon as it has begun: nearly all of it is still to be done.
        let sweep = try RunningProgram.start(fleet.sweep(["--concurrency", "2"]))
        while try await Program.tenken(["sweeps", "--state", fleet.state]).run().stdout.contains("running") == false {
          try Task.checkCancellation()
        }
        sweep.send(SIGKILL)
        _ = await sweep.finished()
        let all = try (0..<20).map { _ in try RunningProgram.start(fleet.resume()) }
        var statuses: [Int32] = []
        for process in all { statuses.append(await process.finished().status) }
        #expect(statuses.count { $0 == 75 } == 19, "\(statuses)")
        #expect(statuses.count { (0...3).contains($0) } == 1, "\(statuses)")
        #expect(try await fleet.list("outcome:pending").isEmpty)
        #expect(try await fleet.verify().status == 0)
      }
    }

    @Test(.timeLimit(.minutes(5)))
    func `whenever it is asked, every terminal has exactly one outcome`() async throws {
      try await Rehearsed.with(terminals: 400) { fleet in
        let sweep = try RunningProgram.start(fleet.sweep(["--concurrency", "4"]))
        var sums: Set<Int> = []
        var looks = 0
        while looks < 12 {
          let status = try await Program.tenken(["status", "--state", fleet.state, "--json"]).run()
          guard status.status == 0 else { continue }
          looks += 1
          let last = status.stdout.split(separator: "\n").last.map { Data($0.utf8) } ?? Data()
          let object = try JSONSerialization.jsonObject(with: last) as? [String: Any]
          sums.insert((object?["outcomes"] as? [String: Int] ?? [:]).values.reduce(0, +))
        }
        sweep.send(SIGKILL)
        _ = await sweep.finished()
        #expect(sums == [400])
      }
    }
  }
}
