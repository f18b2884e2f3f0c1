import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// A site behind a real jump host that does not let anyone through, and one that is reached directly.
  @Suite(.enabled(if: OpenSSHServer.executable != nil, "openssh-server is not installed"), .timeLimit(.minutes(2)))
  struct HeldSiteTests {
    @Test func `what is behind a gateway that is silent waits, the rest is done, and a resume does what waits`()
      async throws
    {
      try await Offices.with { offices in
        offices.gateway.process.signal(SIGSTOP)
        let sweep = try await offices.sweep.run()
        #expect(sweep.status == 75)
        #expect(sweep.stderr.contains("gateway jump: no banner within 2s; held: bangkok; next try in"))
        #expect(sweep.stderr.contains("gateway jump: no banner within 2s; given up for this run: bangkok"))
        #expect(sweep.stderr.contains("HELD: 3 terminals of bangkok not contacted: gateway jump: no banner within 2s"))
        #expect(sweep.lastMessage.contains("tenken resume"))
        #expect(try await offices.terminals() == Offices.held)
        let status = try await offices.tenken(["status", "--exit-status"]).run()
        #expect(status.status == 75)
        #expect(status.stdout.contains("HELD: 3 terminals of bangkok"))

        offices.gateway.process.signal(SIGCONT)
        let resumed = try await offices.tenken(["resume"]).run()
        #expect(resumed.stderr.contains("gateway jump can be passed again; going on: bangkok"))
        #expect(!resumed.stdout.contains("HELD"))
        #expect(try await offices.terminals() == Offices.inspected)
      }
    }

    @Test func `a sweep that is killed while a site is held goes on where it was`() async throws {
      try await Offices.with { offices in
        offices.gateway.process.signal(SIGSTOP)
        let sweep = try RunningProgram.start(offices.sweep)
        try await sweep.wait(for: "held: bangkok")
        sweep.send(SIGKILL)
        let killed = await sweep.finished()
        #expect(killed.status == 137, "\(killed.stderr)")
        let before = try await offices.terminals()
        #expect(Offices.bangkok.allSatisfy { before[$0] == "pending 0" }, "\(before)")
        offices.gateway.process.signal(SIGCONT)
        _ = try await offices.tenken(["resume"]).run()
        #expect(try await offices.terminals() == Offices.inspected)
      }
    }

    @Test func `a gateway that comes back lets its site go on without a person`() async throws {
      try await Offices.with(retries: 2) { offices in
        await offices.gateway.stop()
        let sweep = try RunningProgram.start(offices.sweep)
        try await sweep.wait(for: "held: bangkok; next try in")
        try await offices.gateway.whileRunningAgain {
          let finished = await sweep.finished()
          #expect(finished.status != 75, "\(finished.stderr)")
          #expect(finished.stderr.contains("gateway jump: connection refused; held: bangkok"))
          #expect(finished.stderr.contains("gateway jump can be passed again; going on: bangkok"))
          #expect(!finished.stdout.contains("HELD"))
        }
        #expect(try await offices.terminals() == Offices.inspected)
      }
    }

    @Test func `a gateway with another key is one finding, is not logged in to, and is not tried again`() async throws {
      try await Offices.with(gatewayKey: Offices.strange) { offices in
        let sweep = try await offices.sweep.run()
        #expect(sweep.status == 75)
        let words = sweep.stdout.replacing(/\s+/, with: " ")
        #expect(words.contains("Gateway jump shows another host key than the one on record [jump.host-key-mismatch]"))
        #expect(!sweep.stderr.contains("next try in"))
        #expect(!offices.gateway.log.contains("Accepted"))
        #expect(!offices.gateway.log.contains("Failed"))
        #expect(try await offices.terminals() == Offices.held)
        let status = try await offices.tenken(["status", "--json"]).run().stdout.split(separator: "\n")
        #expect(status.count { $0.contains(#""soundness":"unsound""#) } == 2)
      }
    }
  }
}
