import Foundation
import Synchronization
import TenkenCrypto
import TenkenHostileServer
import TenkenModel
import TenkenSweep
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Servers that know the protocol, have the key on record, and break it at any moment: each terminal ends within its
  /// deadline and a second, with bounded memory, the right outcome and a reason that names what happened.
  struct HostileServerTests {
    private static let limits = Limits(
      retries: 0, connectTimeout: .seconds(1), loginTimeout: .seconds(1), runTimeout: .seconds(1),
      bytesBeforeLogin: 256 * 1024, bytesPerTerminal: 4 * 1024 * 1024)
    static let check = Check.sample("a.check")

    struct Case: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let trick: HostileServer.Trick
      let outcomes: Set<Outcome>
      let reason: String

      init(_ description: String, _ trick: HostileServer.Trick, _ outcomes: Set<Outcome>, _ reason: String) {
        (testDescription, self.trick, self.outcomes, self.reason) = (description, trick, outcomes, reason)
      }
    }

    // MARK: Hangs

    static let hangs: [Case] = [
      Case("before its banner", .hang(.banner), [.timedOut], "no banner within 1s"),
      Case("before its key offer", .hang(.keyOffer), [.timedOut], "no answer within 1s (key exchange)"),
      Case("in the key exchange", .hang(.keyReply), [.timedOut], "no answer within 1s (key exchange)"),
      // libssh2 asks for the service in the same breath.
      Case("after the key exchange", .hang(.service), [.timedOut], "no answer within 1s (key exchange)"),
      Case("in the login", .hang(.login), [.timedOut], "no answer within 1s (authentication)"),
      Case("at the channel", .hang(.channel), [.timedOut], "no answer within 1s (run)"),
      Case("at the command", .hang(.command), [.timedOut], "no answer within 1s (run)"),
      Case("instead of an answer", .hang(.answer), [.timedOut], "no answer within 1s (run)"),
      Case("with its window shut", .noWindow, [.timedOut], "no answer within 1s (run)"),
      Case("with a byte a second", .drip, [.timedOut], "no answer within 1s (run)"),
    ]

    @Test(arguments: hangs)
    func `a server that hangs costs its deadline`(_ each: Case) async throws { try await expect(each) }

    // MARK: Ends

    static let ends: [Case] = HostileServer.Stage.allCases.flatMap { stage in
      [("closes", HostileServer.Trick.close(stage)), ("resets", .reset(stage))].map { verb, trick in
        let outcomes: Set<Outcome> = stage.isBeforeSession ? [.unreachable, .authFailed] : [.partial]
        return Case("\(verb) at \(stage)", trick, outcomes, "")
      }
    }

    @Test(arguments: ends)
    func `a server that goes away is no terminal that was inspected`(_ each: Case) async throws {
      try await expect(each)
    }

    // MARK: Floods

    private static let large = [UInt8](repeating: 0x2E, count: 16_384)
    private static let channelOpen: [UInt8] = {
      var message = WireWriter()
      message.byte(90)
      message.string("forwarded-tcpip".utf8)
      for number in [7, 1 << 20, 32_768] as [UInt32] { message.uint32(number) }
      return message.bytes
    }()

    static let floods: [Case] = [HostileServer.Stage.keyReply, .login, .command, .answer].flatMap { stage in
      [
        Case("IGNORE at \(stage)", .flood(stage, [2, 0, 0, 64, 0] + large), flooded(stage), "\(words(stage))"),
        Case("unknown messages at \(stage)", .flood(stage, [192] + large), flooded(stage), ""),
        Case("CHANNEL_OPEN at \(stage)", .flood(stage, channelOpen), flooded(stage), ""),
        Case("stdout at \(stage)", .flood(stage, HostileSession.data(large)), flooded(stage), ""),
        Case("stderr at \(stage)", .flood(stage, HostileSession.data(large, isError: true)), flooded(stage), ""),
      ]
    }

    private static func flooded(_ stage: HostileServer.Stage) -> Set<Outcome> {
      stage.isBeforeSession ? [.hostile, .timedOut] : [.partial, .timedOut]
    }

    private static func words(_ stage: HostileServer.Stage) -> String {
      stage.isBeforeSession ? "" : "too much output: more than 4194304 bytes"
    }

    @Test(arguments: floods)
    func `a server that floods costs its budget`(_ each: Case) async throws {
      let before = try Self.residentKilobytes()
      try await expect(each)
      #expect(try Self.residentKilobytes() - before < 64 * 1024)
    }

    // MARK: Lies

    /// What a terminal might answer to be taken for inspected, from the program that it was given.
    static let lies: [Case] = [
      Case("nothing, and exit status 0", .answer { _ in .init() }, [.unsupported], "no POSIX shell answered"),
      Case("a promise", .answer { _ in .init(stdout: "sound\n") }, [.unsupported], "no POSIX shell answered"),
      Case(
        "frames without a trailer", .answer { frames($0, trailer: false) }, [.partial],
        "the program ended early (exit status 0); 1 of 1 checks came"),
      Case(
        "frames on stdout only", .answer { .init(stdout: frames($0).stdout) }, [.partial], "the program ended early"),
      Case("a trailer only", .answer { frames($0, check: false) }, [.hostile], "a forged frame"),
      Case(
        "frames of another terminal", .answer { _ in frames(of: String(repeating: "a", count: 32)) }, [.unsupported], ""
      ),
      Case(
        "frames played twice",
        .answer { program in
          let once = frames(program)
          return .init(stdout: once.stdout + once.stdout, stderr: once.stderr + once.stderr)
        }, [.hostile], "a forged frame"),
      Case(
        "frames of another script", .answer { frames($0, digest: String(repeating: "0", count: 64)) }, [.hostile],
        "a forged frame"),
      Case(
        "escape sequences and bidi controls",
        .answer { _ in .init(stderr: "\u{1B}]0;sound\u{7}\u{202E}\n", status: 1) },
        [.unsupported], #"no POSIX shell answered (exit status 1): \x1b]0;sound\x07\xe2\x80\xae"#),
      Case(
        "hanging after the frames", .hang(.exit), [.timedOut], ""),
      Case(
        "frames that end in the middle",
        .answer { program in
          let whole = frames(program)
          return .init(stdout: String(whole.stdout.dropLast(20)), stderr: String(whole.stderr.dropLast(20)))
        }, [.partial], "the program ended early (exit status 0); 1 of 1 checks came"),
      Case(
        "a check that never ended",
        .answer { program in
          let text = "\n\(nonce(program)) b a.check \(Self.check.digest.hex)\nsound\n\n\(nonce(program)) t 1\n"
          return .init(stdout: text, stderr: text)
        }, [.hostile], "a forged frame"),
      Case(
        "a signal whose name is longer than its message", .exit([lyingSignal(length: 200, "KILL")]), [.unsupported],
        "no POSIX shell answered"),
      Case(
        "a signal whose name is 4 GiB long", .exit(Array(repeating: lyingSignal(length: .max, ""), count: 2000)),
        [.unsupported, .partial], ""),
      Case(
        "output behind its end", .exit([[96, 0, 0, 0, 0], HostileSession.data(Array("late\n".utf8))]), [.unsupported],
        "no POSIX shell answered"),
    ]

    /// SSH_MSG_CHANNEL_REQUEST `exit-signal` (RFC 4254 section 6.10) with a name that claims another length: libssh2
    /// 1.10 believes it, and a program that asked for the name would get memory of its own.
    private static func lyingSignal(length: UInt32, _ name: String) -> [UInt8] {
      var message = WireWriter()
      message.byte(98)
      message.uint32(0)
      message.string("exit-signal".utf8)
      message.byte(0)
      message.uint32(length)
      return message.bytes + name.utf8
    }

    private static func nonce(_ program: String) -> String {
      program.firstMatch(of: /tk_n=([0-9a-f]{32})/).map { String($0.1) } ?? ""
    }

    /// A server that says with its exit status what its frames do not: only the frames are believed.
    @Test(arguments: [0, 1, 101, 255, 0xFFFF_FFFF] as [UInt32])
    func `an exit status changes nothing that the frames say`(status: UInt32) async throws {
      let run = try await inspect(
        .answer { program in
          let answer = Self.frames(program)
          return .init(stdout: answer.stdout, stderr: answer.stderr, status: status)
        })
      #expect(run?.outcome == .inspected, "\(run?.reason ?? "-")")
      #expect(run?.captures.map(\.status) == [.exited(101)])
    }

    @Test(arguments: lies)
    func `a lie is no inspection`(_ each: Case) async throws { try await expect(each) }

    /// The test itself: the server can be believed when nothing is wrong.
    @Test func `an honest answer is an inspection`() async throws {
      let run = try await inspect(.answer { Self.frames($0) })
      #expect(run?.outcome == .inspected, "\(run?.reason ?? "-")")
      #expect(run?.captures.map(\.check) == [Self.check.id])
    }

    // MARK: How

    private func expect(_ each: Case) async throws {
      var run: RemoteRun?
      let took = try await ContinuousClock().measure { run = try await inspect(each.trick) }
      let reason = run?.reason ?? "-"
      #expect(each.outcomes.contains(run?.outcome ?? .pending), "\(run?.outcome.rawValue ?? "-"): \(reason)")
      #expect(!reason.isEmpty && reason.hasPrefix(each.reason), "\(reason)")
      #expect(reason.allSatisfy { $0.isASCII && !$0.isNewline && $0 != "\u{1B}" })
      #expect(took < .seconds(2.5))
    }

    /// One terminal's sweep: what would be recorded.
    private func inspect(_ trick: HostileServer.Trick) async throws -> RemoteRun? {
      try await HostileServer.with(trick) { port, hostKey in
        try await withTemporaryDirectory { directory in
          let key = directory.appending(path: "key").path
          try OpenSSHServer.makeKey(key, "-t", "ed25519")
          let credential = Credential(name: "default", user: "inspector", identity: .file(key))
          let terminal = Terminal(id: "t1", address: "127.0.0.1", port: port, site: "s1", pinnedKeys: [hostKey])
          let loopback = Network(address: [127, 0, 0, 0], prefixLength: 8, description: "127.0.0.0/8")
          let inventory = Inventory(
            name: "one", sites: [Site(id: "s1", name: "One", networks: [loopback])], terminals: [terminal],
            credentials: ["default": credential], limits: Self.limits,
            sources: SourceFiles(origin: "one", files: []), digest: .sample("one"))
          return try await Station.withTransport(knownHosts: "", identities: [.file(key)]) { transport in
            let runs = Mutex<[RemoteRun]>([])
            let sweep = Sweep(
              plan: SampleFleet.plan(inventory, checks: [Self.check]), transport: transport, seed: 1,
              clock: ContinuousClock(), now: { Timestamp(milliseconds: 0) },
              nonces: {
                var generator = SystemRandomNumberGenerator()
                return Nonce(using: &generator)
              })
            _ = try await sweep.run(
              signals: AsyncStream { $0.finish() },
              recording: { run in
                runs.withLock { $0.append(run) }
                return Attempt(
                  terminal: run.terminal, number: run.attempt, started: run.started, ended: run.ended,
                  outcome: run.outcome, reason: run.reason, isFinal: run.isFinal)
              }, events: { _ in })
            let all = runs.withLock { $0 }
            #expect(all.count == 1)
            return all.first
          }
        }
      }
    }

    /// The frames that the program would say, whole unless something is left out.
    static func frames(
      _ program: String, check: Bool = true, trailer: Bool = true, digest: String? = nil
    ) -> HostileServer.Answer {
      frames(of: nonce(program), check: check, trailer: trailer, digest: digest)
    }

    private static func frames(
      of nonce: String, check: Bool = true, trailer: Bool = true, digest: String? = nil
    ) -> HostileServer.Answer {
      let digest = digest ?? Self.check.digest.hex
      var text = ""
      if check { text += "\n\(nonce) b a.check \(digest)\n\n\(nonce) e a.check 101 3\n" }
      if trailer { text += "\n\(nonce) t 1\n" }
      return HostileServer.Answer(stdout: text, stderr: text)
    }

    static func residentKilobytes() throws -> Int {
      let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      return status.firstMatch(of: /VmRSS:\s+([0-9]+) kB/).flatMap { Int($0.1) } ?? 0
    }
  }
}

extension HostileServer.Stage {
  /// Whether the terminal is not logged in to yet.
  fileprivate var isBeforeSession: Bool {
    switch self {
    case .banner, .keyOffer, .keyReply, .service, .login: true
    case .channel, .command, .answer, .exit: false
    }
  }
}
