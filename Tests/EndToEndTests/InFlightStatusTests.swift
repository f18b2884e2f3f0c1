import Foundation
import Testing

extension EndToEndTests {
  /// `status --in-flight`, asked by another process while a sweep waits for real servers.
  @Suite struct InFlightStatusTests {
    private static let terminals = (1...6).map { number in
      Fleet.Terminal(
        id: "fly-\(number)", site: "only", address: "127.92.0.\(number)",
        behaviour: number % 2 == 0 ? "hangs" : "answers")
    }

    @Test(.timeLimit(.minutes(5)))
    func `those that hang are named, with the phase that they hang in and for how long`() async throws {
      try await Fleet.with(Self.terminals, limits: ["retries": "0", "login-timeout": "6s"]) { fleet in
        let sweep = try RunningProgram.start(fleet.sweep())
        var seen: [String: Int] = [:]
        let hanging: Set = ["fly-2", "fly-4", "fly-6"]
        while !hanging.isSubset(of: seen.keys) {
          try Task.checkCancellation()
          for contact in try await Self.inFlight(fleet) where contact["phase"] as? String == "banner" {
            seen[contact["terminal"] as? String ?? ""] = contact["phase-ms"] as? Int ?? 0
          }
        }
        #expect(seen.values.allSatisfy { (0..<20_000).contains($0) })
        #expect(await sweep.finished().status == 2)
        let after = try await Program.tenken(["status", "--state", fleet.state, "--in-flight"]).run()
        #expect(after.status == 0 && after.stdout == "Nobody is at this sweep now.\n")
      }
    }

    private static func inFlight(_ fleet: Fleet) async throws -> [[String: Any]] {
      let status = try await Program.tenken(["status", "--state", fleet.state, "--in-flight", "--json"]).run()
      return try status.stdout.split(separator: "\n").compactMap { line in
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      }
    }
  }
}
