import Foundation
import Testing

extension EndToEndTests {
  /// Ctrl-C, as the exit status and the last line tell it.
  @Suite struct InterruptTests {
    /// Three at a time, eight of which never answer: there is time to interrupt it, and something is left to do.
    private static let terminals = (1...24).map { number in
      Fleet.Terminal(
        id: "int-\(number)", site: "only", address: "127.91.0.\(number)",
        behaviour: number % 3 == 0 ? "hangs" : "answers"
      )
    }
    private static let limits = ["concurrency": "3", "retries": "0", "login-timeout": "2s"]

    @Test(.timeLimit(.minutes(5)))
    func `the first Ctrl-C lets what is in flight finish, and the last line says how to go on`() async throws {
      try await Fleet.with(Self.terminals, limits: Self.limits) { fleet in
        let sweep = try await Self.interrupted(fleet, times: 1)
        #expect(sweep.status == 75)
        #expect(sweep.lastMessage.contains("tenken resume"))
        let left = try await fleet.terminals(selected: "outcome:pending")
        #expect(!left.isEmpty)
        let resumed = try await Program.tenken(["resume", "--state", fleet.state]).run()
        #expect(resumed.status == 3)
        #expect(try await fleet.terminals(selected: "outcome:timed-out").count == 8)
        #expect(try await fleet.terminals(selected: "outcome:inspected").count == 16)
      }
    }

    @Test(.timeLimit(.minutes(5)))
    func `the second Ctrl-C stops at once, and nothing that was recorded is lost`() async throws {
      try await Fleet.with(Self.terminals, limits: Self.limits) { fleet in
        let sweep = try await Self.interrupted(fleet, times: 2)
        #expect(sweep.status == 130)
        #expect(sweep.lastMessage.contains("tenken resume"))
        #expect(try await fleet.terminals(selected: "outcome:inspected").count >= 3)
        #expect(try await Program.tenken(["resume", "--state", fleet.state]).run().status == 3)
      }
    }

    /// Interrupts a sweep that many times once three terminals are recorded.
    private static func interrupted(_ fleet: Fleet, times: Int) async throws -> Finished {
      let sweep = try RunningProgram.start(fleet.sweep())
      while try await fleet.terminals(selected: "outcome:inspected").count < 3 {}
      sweep.send(SIGINT)
      if times > 1 {
        // Two signals at once would be one: the next is sent when the first was answered.
        while !sweep.messages.contains("Ctrl-C again") { try Task.checkCancellation() }
        sweep.send(SIGINT)
      }
      return await sweep.finished()
    }
  }
}
