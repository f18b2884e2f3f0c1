import Foundation
import Synchronization
import TenkenHostileServer
import TenkenModel
import TenkenSweep
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Jump hosts that mean harm. What is behind them is held, or told as what came through them: never inspected by it,
  /// and never found to have another key.
  struct HostileGatewayTests {
    private static let limits = Limits(
      retries: 0, connectTimeout: .seconds(1), loginTimeout: .seconds(1), runTimeout: .seconds(1),
      bytesBeforeLogin: 256 * 1024, bytesPerTerminal: 4 * 1024 * 1024)

    struct Case: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let trick: HostileServer.Trick
      /// How contacts may end that are recorded, and what all their reasons begin with.
      var recorded: Set<Outcome> = []
      var reason = ""
      /// What the site may be held for; `nil` where it is not.
      var held: Outcome?
      var heldFor = ""
    }

    private static let banner = Array("SSH-2.0-behind\r\n".utf8)
    private static let large = [UInt8](repeating: 0x2E, count: 16_384)
    private static let ignore: [UInt8] = [2, 0, 0, 64, 0] + large

    static let cases: [Case] = [
      Case(
        testDescription: "refuses every channel", trick: .refuseChannels("\u{1B}[2Jno"), recorded: [.unreachable],
        reason: "not reached from gateway jump: channel open failure"),
      Case(
        testDescription: "opens channels and answers with a text",
        trick: .tunnel(Array("hello\r\n".utf8), endless: nil),
        recorded: [.timedOut], reason: "no banner within 1s; it said: hello"),
      Case(
        testDescription: "opens channels and answers with NULs",
        trick: .tunnel([UInt8](repeating: 0, count: 300), endless: nil), recorded: [.unsupported],
        reason: "no SSH banner: "),
      Case(
        testDescription: "opens channels and answers with a banner and nonsense",
        trick: .tunnel(banner + [UInt8](repeating: 0xA7, count: 600), endless: nil), recorded: [.hostile],
        reason: "key exchange: "),
      Case(
        testDescription: "sends a line without end through a channel", trick: .tunnel([], endless: large),
        recorded: [.hostile, .unreachable], reason: "", held: .unreachable, heldFor: "lost (more than "),
      Case(
        testDescription: "sends a banner and packets without end through a channel",
        trick: .tunnel(banner, endless: ServerGreetingTests.packet([99] + [UInt8](repeating: 0, count: 2000))),
        recorded: [.hostile, .unreachable], reason: "", held: .unreachable, heldFor: "lost (more than "),
      Case(
        testDescription: "opens no channel", trick: .hang(.channel), recorded: [.unreachable],
        reason: "no answer within 1s (connect)"),
      Case(
        testDescription: "floods instead of opening a channel", trick: .flood(.channel, ignore), held: .unreachable,
        heldFor: "lost (more than "),
      Case(
        testDescription: "closes instead of opening a channel", trick: .close(.channel), held: .unreachable,
        heldFor: "lost"),
      Case(
        testDescription: "floods before its login", trick: .flood(.login, ignore), held: .hostile,
        heldFor: "more than 262144 bytes before the login"),
      Case(
        testDescription: "hangs in its login", trick: .hang(.login), held: .timedOut,
        heldFor: "no answer within 1s (authentication)"),
      Case(
        testDescription: "hangs in its key exchange", trick: .hang(.keyReply), held: .timedOut,
        heldFor: "no answer within 1s (key exchange)"),
    ]

    @Test(arguments: cases)
    func `what is behind a jump host that means harm is held, or told as what came through it`(_ each: Case)
      async throws
    {
      let before = try HostileServerTests.residentKilobytes()
      var told: Told?
      let took = try await ContinuousClock().measure {
        told = try await HostileServer.with(each.trick) { port, key in
          try await sweep([Terminal(id: "t1", address: "127.0.0.1", port: 1, site: "s1")], behind: port, showing: key)
        }
      }
      let result = try #require(told)
      for run in result.runs {
        #expect(each.recorded.contains(run.outcome), "\(run.outcome): \(run.reason)")
        #expect(run.reason.hasPrefix(each.reason), "\(run.reason)")
        #expect(run.reason.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0.value != 0x202E })
        #expect(run.hostKey == nil && run.captures.isEmpty)
      }
      for condition in result.conditions where condition.standing != .released {
        #expect(condition.outcome == each.held, "\(condition.reason)")
        #expect(condition.reason.hasPrefix(each.heldFor), "\(condition.reason)")
        #expect(condition.site == "s1" && condition.gateway == "jump")
      }
      #expect(result.runs.isEmpty == (result.ending == .waiting(pending: 1)))
      #expect(result.runs.isEmpty == (result.conditions.last?.standing == .givenUp))
      if each.recorded.isEmpty { #expect(result.runs.isEmpty) }
      if each.held == nil { #expect(result.conditions.isEmpty) }
      // Twice at most, and each time the jump host's login and the terminal's way have a second each.
      #expect(took < .seconds(5.5))
      #expect(try HostileServerTests.residentKilobytes() - before < 64 * 1024)
    }

    @Test func `a jump host with another key is one finding, and what is behind it is not contacted`() async throws {
      try await HostileServer.with(.tunnel(Self.banner, endless: nil)) { port, key in
        let other = try #require(HostKey(line: HostKeyTests.strange))
        let terminals = ["t1", "t2", "t3"].map { Terminal(id: $0, address: "127.0.0.1", port: 1, site: "s1") }
        let told = try await sweep(terminals, behind: port, showing: other)
        #expect(told.ending == .waiting(pending: 3))
        #expect(told.runs.isEmpty)
        #expect(told.conditions.map(\.standing) == [.givenUp])
        #expect(told.conditions.first?.outcome == .hostKeyMismatch)
        #expect(told.conditions.first?.hostKey == HostKeyEvidence(key, .mismatch))
      }
    }

    @Test func `a jump host that leads to another machine is found out by that machine's key`() async throws {
      try await withOpenSSHServer { gateway in
        let answer = HostileServer.Trick.answer { HostileServerTests.frames($0) }
        try await HostileServer.with(answer) { port, shown in
          let recorded = try #require(HostKey(line: HostKeyTests.strange))
          let terminal = Terminal(id: "t1", address: "127.0.0.1", port: port, site: "s1", pinnedKeys: [recorded])
          let key = try #require(HostKey(line: try gateway.hostKey()))
          let told = try await sweep([terminal], behind: gateway.port, showing: key, as: gateway)
          #expect(told.runs.map(\.outcome) == [.hostKeyMismatch])
          #expect(told.runs.first?.hostKey == HostKeyEvidence(shown, .mismatch))
          #expect(told.runs.first?.dialled?.hasSuffix(" via jump") == true)
        }
      }
    }

    @Test func `a jump host that dies in a terminal's run leaves it partial, and the next try is whole`() async throws {
      try await withOpenSSHServer { gateway in
        let answers = Atomic(0)
        let answer = HostileServer.Trick.answer { program in
          if answers.add(1, ordering: .relaxed).oldValue == 0 {
            for child in gateway.children { kill(child, SIGKILL) }
          }
          return HostileServerTests.frames(program)
        }
        try await HostileServer.with(answer) { port, shown in
          let terminal = Terminal(id: "t1", address: "127.0.0.1", port: port, site: "s1", pinnedKeys: [shown])
          let key = try #require(HostKey(line: try gateway.hostKey()))
          let told = try await sweep([terminal], behind: gateway.port, showing: key, as: gateway, retries: 1)
          #expect(told.ending == .finished)
          #expect(told.runs.map(\.outcome) == [.partial, .inspected])
          let reason = told.runs.first?.reason ?? "-"
          #expect(reason.hasPrefix("link lost: gateway jump: lost") && reason.hasSuffix("; 0 of 1 checks came"))
          #expect(told.runs.first?.captures.isEmpty == true)
          #expect(told.conditions.isEmpty, "an attempt that began is the terminal's")
        }
      }
    }

    // MARK: How

    /// What would be recorded.
    private struct Told: Sendable {
      var ending = SweepEnding.finished
      var runs: [RemoteRun] = []
      var conditions: [SiteCondition] = []
    }

    /// - Parameters:
    ///   - key: what is on record for the jump host.
    ///   - server: whose client key logs in there; one that nobody knows where it takes any.
    private func sweep(
      _ terminals: [Terminal], behind port: UInt16, showing key: HostKey, as server: OpenSSHServer? = nil,
      retries: Int = 0
    ) async throws -> Told {
      try await withTemporaryDirectory { directory in
        let file = server?.clientKey ?? directory.appending(path: "key").path
        if server == nil { try OpenSSHServer.makeKey(file, "-t", "ed25519") }
        var limits = Self.limits
        limits.retries = retries
        if server != nil { (limits.loginTimeout, limits.runTimeout) = (.seconds(10), .seconds(10)) }
        let inventory = Inventory(
          name: "one", sites: [Site(id: "s1", name: "One", networks: [.loopback], gateways: ["jump"])],
          gateways: [Gateway(id: "jump", address: "127.0.0.1", port: port, pinnedKeys: [key])], terminals: terminals,
          credentials: [
            "default": Credential(name: "default", user: server?.user ?? "inspector", identity: .file(file))
          ],
          limits: limits, sources: SourceFiles(origin: "one", files: []), digest: .sample("one"))
        return try await Station.withTransport(knownHosts: "", identities: [.file(file)]) { transport in
          try await run(SampleFleet.plan(inventory, checks: [HostileServerTests.check]), over: transport)
        }
      }
    }

    private func run(_ plan: Plan, over transport: SSHTransport) async throws -> Told {
      let told = Mutex(Told())
      let sweep = Sweep(
        plan: plan, transport: transport, seed: 1, clock: ContinuousClock(), now: { Timestamp(milliseconds: 0) },
        nonces: {
          var generator = SystemRandomNumberGenerator()
          return Nonce(using: &generator)
        }, backoff: Backoff(base: .milliseconds(100)))
      let ending = try await sweep.run(
        signals: AsyncStream { $0.finish() },
        recording: { run in
          told.withLock { $0.runs.append(run) }
          return Attempt(
            terminal: run.terminal, number: run.attempt, started: run.started, ended: run.ended, outcome: run.outcome,
            reason: run.reason, isFinal: run.isFinal)
        }, holding: { conditions in told.withLock { $0.conditions += conditions } }, events: { _ in })
      var all = told.withLock { $0 }
      all.ending = ending
      return all
    }
  }
}
