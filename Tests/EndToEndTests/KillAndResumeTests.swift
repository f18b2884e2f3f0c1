import Foundation
import TenkenModel
import Testing

extension EndToEndTests {
  /// The promise: a sweep that is killed at any moment and resumed ends as one that was left alone.
  @Suite struct KillAndResumeTests {
    /// Four sites of fifty; at each, some terminals are in trouble.
    private static let terminals = ["east", "north", "south", "west"].enumerated().flatMap { number, site in
      (1...50).map { host in
        Fleet.Terminal(
          id: "\(site)-\(1000 + host)", site: site, address: "127.9\(number + 2).7.\(host)",
          behaviour: troubles[host] ?? "answers")
      }
    }
    private static let troubles = [
      4: "refuses", 11: "denies", 18: "changed-key", 25: "unknown-key", 32: "dies", 39: "hangs", 46: "refuses",
    ]
    private static let limits = ["concurrency": "12", "per-site": "6", "retries": "1", "login-timeout": "1s"]
    private static let kills = 25

    @Test(.timeLimit(.minutes(15)))
    func `a sweep that is killed at 25 moments ends as one that was left alone`() async throws {
      try await Fleet.with(Self.terminals, limits: Self.limits) { fleet in
        let clock = ContinuousClock()
        let began = clock.now
        let alone = try await fleet.sweep().run()
        let took = (clock.now - began).wholeMilliseconds
        let expected = try await fleet.report()
        #expect(alone.status == 3)
        #expect(Set(expected.map(\.outcome)).count == 7)
        #expect(Set(expected.map(\.id)) == Set(Self.terminals.map(\.id)))

        var generator = SplitMix64(seed: 20_260_803)
        var killed = 0
        var sweeps = 0
        while killed < Self.kills {
          sweeps += 1
          let state = fleet.path("killed-\(sweeps)")
          killed += try await Self.killAndResume(
            fleet, state: state, atMost: Self.kills - killed, within: took / 10, using: &generator)
          let report = try await fleet.report(state: state)
          #expect(report.map(\.id) == expected.map(\.id))
          for (terminal, left) in zip(report, expected) { #expect(terminal.result == left.result, "\(terminal.id)") }
        }
        #expect(killed == Self.kills)
      }
    }

    /// Kills a sweep at random moments until it was killed `most` times or has ended by itself; ends it.
    ///
    /// - Returns: how often it was killed.
    private static func killAndResume(
      _ fleet: Fleet, state: String, atMost most: Int, within longest: Int64, using generator: inout SplitMix64
    ) async throws -> Int {
      var killed = 0
      var recorded: [String: ReportedTerminal] = [:]
      var status: Int32?
      while status == nil {
        let next = try await Self.next(fleet, state: state)
        let moment = Int(generator.next() % UInt64(longest))
        status = try await (killed < most ? next.killed(after: moment) : next).run().unlessKilled
        if status == nil { killed += 1 }
        let now = Dictionary(uniqueKeysWithValues: try await fleet.report(state: state).map { ($0.id, $0) })
        for (id, terminal) in recorded {
          #expect(now[id]?.result == terminal.result, "\(id) was recorded, and is another now")
          #expect(now[id]?.lastContact == terminal.lastContact, "\(id) was contacted again")
        }
        recorded = now.filter { !$0.value.isPending }
      }
      #expect(status == 3)
      return killed
    }

    /// What a person would do: go on where there is something to go on with, else begin.
    private static func next(_ fleet: Fleet, state: String) async throws -> Program {
      try await fleet.report(state: state).isEmpty
        ? fleet.sweep(["--no-progress"], state: state) : .tenken(["resume", "--state", state, "--no-progress"])
    }
  }
}

extension Finished {
  /// The exit status; `nil` where SIGKILL ended it, which timeout(1) passes on.
  fileprivate var unlessKilled: Int32? { status == 128 + SIGKILL ? nil : status }
}
