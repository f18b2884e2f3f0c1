import Foundation
import Testing

extension EndToEndTests {
  /// Day 0 of a fleet, as a person goes through it: collect the keys, compare them, probe.
  @Suite struct FirstDayTests {
    private static let terminals = (1...12).map { number in
      Fleet.Terminal(
        id: "day-\(number)", site: number % 2 == 0 ? "east" : "west", address: "127.93.0.\(number)",
        behaviour: number == 12 ? "changed-key" : number == 11 ? "refuses" : "unknown-key")
    }

    @Test(.timeLimit(.minutes(3)))
    func `keys that were collected and put on record make the fleet ready`() async throws {
      try await Fleet.with(Self.terminals, limits: ["retries": "0"]) { fleet in
        let before = try await Self.probe(fleet)
        #expect(before["ready"] == nil)
        #expect(before["host-key-unknown"] == 10)

        let scan = try await Program.tenken(["keyscan", "--inventory", fleet.inventory]).run()
        #expect(scan.status == 0)
        #expect(scan.stderr.contains("DIFFERENT"))
        let known = fleet.inventory + "/known_hosts"
        let record = try String(contentsOfFile: known, encoding: .utf8)
        try (record + scan.stdout).write(toFile: known, atomically: true, encoding: .utf8)

        #expect(try await Self.probe(fleet) == ["ready": 10, "host-key-mismatch": 1, "unreachable": 1])
        #expect(!FileManager.default.fileExists(atPath: fleet.state), "neither keeps a journal")
      }
    }

    /// Three at a time, of which eight never answer: there is time to interrupt it, and something is left to do.
    private static let slow = (1...24).map { number in
      Fleet.Terminal(
        id: "slow-\(number)", site: "only", address: "127.94.0.\(number)",
        behaviour: number % 3 == 0 ? "hangs" : "answers")
    }
    private static let limits = ["concurrency": "3", "retries": "0", "login-timeout": "4s"]

    @Test(.timeLimit(.minutes(3)), arguments: [["probe", "-o", "jsonl"], ["keyscan"]])
    func `after Ctrl-C what came until then is told, and said to be incomplete`(command: [String]) async throws {
      try await Fleet.with(Self.slow, limits: Self.limits) { fleet in
        let finished = try await Self.interrupted(fleet, command, times: 1)
        #expect(finished.status == 75)
        let rows = finished.stdout.split(separator: "\n").filter { $0.contains("slow-") }
        #expect(rows.count == 24)
        let came = rows.filter { $0.contains("\"ready\"") || $0.contains("on record already") }
        let left = rows.filter { $0.contains("\"pending\"") || $0.contains("not asked") }
        #expect(!came.isEmpty)
        #expect(!left.isEmpty)
        #expect(finished.stdout.contains("interrupted"))
      }
    }

    @Test(.timeLimit(.minutes(3)))
    func `a second Ctrl-C ends a probe at once, with every terminal still in the sum`() async throws {
      try await Fleet.with(Self.slow, limits: Self.limits) { fleet in
        let finished = try await Self.interrupted(fleet, ["probe"], times: 2)
        #expect(finished.status == 130)
        #expect(finished.stdout.hasPrefix("INCOMPLETE"))
        #expect(finished.stdout.contains("of 24 terminals"))
      }
    }

    private static func interrupted(_ fleet: Fleet, _ command: [String], times: Int) async throws -> Finished {
      let checks = command[0] == "probe" ? ["--checks", fleet.path("checks")] : []
      let program = try RunningProgram.start(
        .tenken(command + ["--inventory", fleet.inventory, "--state", fleet.state] + checks))
      // The first line of progress after the start comes after five seconds; by then the first ones were contacted.
      while !program.messages.contains("contacted, ") { try Task.checkCancellation() }
      program.send(SIGINT)
      if times > 1 {
        // Two signals at once would be one: the next is sent when the first was answered.
        while !program.messages.contains("Ctrl-C again") { try Task.checkCancellation() }
        program.send(SIGINT)
      }
      return await program.finished()
    }

    /// How many terminals there are of each readiness.
    private static func probe(_ fleet: Fleet) async throws -> [String: Int] {
      let probe = try await Program.tenken([
        "probe", "--inventory", fleet.inventory, "--checks", fleet.path("checks"), "--state", fleet.state,
        "--no-progress", "-o", "jsonl",
      ]).run()
      #expect(probe.status == 0)
      var counts: [String: Int] = [:]
      for line in probe.stdout.split(separator: "\n") {
        let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        counts[try #require(row["readiness"] as? String), default: 0] += 1
      }
      return counts
    }
  }
}
