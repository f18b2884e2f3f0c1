import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Against a real OpenSSH server.
  struct ExecutionTests {
    private func run(
      _ command: String, stdin: String = "", capacity: Int = .max, limits: Limits = Station.limits,
      lines: [String] = []
    ) async throws -> Execution {
      var configuration = OpenSSHServer.Configuration()
      configuration.lines = lines
      return try await withOpenSSHServer(configuration) { server in
        try await Station.withTransport(server) { transport in
          try await Station.run(
            command, stdin: stdin, capacity: capacity, on: Station.endpoint(server, limits: limits), over: transport
          ).get()
        }
      }
    }

    @Test func `stdin goes in, stdout and stderr come out apart, the exit status is told`() async throws {
      let execution = try await run("sh -c 'cat; echo oops >&2; exit 7'", stdin: "hello\n")
      #expect(execution.output == "hello\n")
      #expect(execution.errors == "oops\n")
      #expect(execution.ending == .closed(exitStatus: 7))
    }

    @Test func `a megabyte of script and a megabyte of output on both streams do not wait for each other`() async throws
    {
      let line = "echo 0123456789abcdef0123456789abcdef0123456789abcdef0123456789; echo e >&2\n"
      let count = 1_100_000 / line.utf8.count
      let execution = try await run("sh", stdin: String(repeating: line, count: count))
      #expect(execution.stdout.count == count * 59)
      #expect(execution.stderr.count == count * 2)
      #expect(execution.ending == .closed(exitStatus: 0))
    }

    @Test func `a command that reads nothing of much input ends all the same`() async throws {
      let execution = try await run("echo done", stdin: String(repeating: "x", count: 8_000_000))
      #expect(execution.output == "done\n")
    }

    @Test func `output without end is cut at the budget`() async throws {
      var limits = Station.limits
      limits.bytesPerTerminal = 300_000
      let execution = try await run("yes", limits: limits)
      #expect(execution.ending == .overBudget("more than 300000 bytes"))
      #expect(execution.stdout.count > 100_000 && execution.stdout.count <= 300_000)
    }

    @Test func `output without end on stderr is cut as well`() async throws {
      var limits = Station.limits
      limits.bytesPerTerminal = 300_000
      let execution = try await run("yes >&2", limits: limits)
      #expect(execution.ending == .overBudget("more than 300000 bytes"))
      #expect(execution.stdout.isEmpty)
    }

    @Test(arguments: ["yes", "yes >&2", "yes; yes >&2"])
    func `output beyond what is waited for ends the run, with its beginning`(command: String) async throws {
      let execution = try await run(command, capacity: 100_000)
      #expect(execution.ending == .overBudget("more than 100000 bytes"))
      let longest = max(execution.stdout.count, execution.stderr.count)
      #expect(longest > 100_000 && longest <= 100_000 + 8192)
    }

    @Test func `output that just fits is whole`() async throws {
      let execution = try await run("head -c 100000 /dev/zero; head -c 100000 /dev/zero >&2", capacity: 100_000)
      #expect(execution.ending == .closed(exitStatus: 0))
      #expect(execution.stdout.count == 100_000 && execution.stderr.count == 100_000)
    }

    @Test func `what takes too long expires, with what had come`() async throws {
      var limits = Station.limits
      limits.runTimeout = .seconds(2)
      let clock = ContinuousClock()
      var execution: Execution?
      let took = try await clock.measure { execution = try await run("echo early; exec sleep 60", limits: limits) }
      #expect(execution?.ending == .expired("2s (run)"))
      #expect(execution?.output == "early\n")
      #expect(took < .seconds(10))
    }

    @Test func `a server that dies in mid-run leaves what had come`() async throws {
      try await withOpenSSHServer { server in
        let execution = try await Station.withTransport(server) { transport in
          try await transport.withSSHSession(on: Station.endpoint(server)) { session in
            async let running = session.run(command: "echo early; echo mark >&2; exec sleep 60", stdin: [])
            await server.waitForLog("Starting session: command")
            while server.children.count < 2 { await Task.yield() }
            await awaitSleep(of: server)
            for child in server.children { kill(child, SIGKILL) }
            return await running
          }
        }
        guard case .lost(let reason) = execution.ending else { return #expect(Bool(false), "\(execution.ending)") }
        #expect(reason.hasPrefix("the connection was lost"))
        #expect(execution.output == "early\n")
        #expect(execution.errors == "mark\n")
      }
    }

    /// The command has said everything once its shell has become `sleep`.
    private func awaitSleep(of server: OpenSSHServer) async {
      func isResting() -> Bool {
        server.children.contains { (try? String(contentsOfFile: "/proc/\($0)/comm", encoding: .utf8)) == "sleep\n" }
      }
      while !isResting() { await Task.yield() }
    }

    @Test func `a command that a signal ends is closed, and its streams are whole`() async throws {
      let execution = try await run("echo before; kill -9 $$")
      #expect(execution.output == "before\n")
      guard case .closed = execution.ending else { return #expect(Bool(false), "\(execution.ending)") }
    }

    @Test func `a server that opens no channel may have no room, and refuses no command`() async throws {
      let execution = try await run("true", lines: ["MaxSessions 0"])
      guard case .unopened(let reason) = execution.ending else { return #expect(Bool(false), "\(execution.ending)") }
      #expect(!reason.isEmpty)
    }

    @Test func `one session runs several commands, one after the other`() async throws {
      try await withOpenSSHServer { server in
        let outputs = try await Station.withTransport(server) { transport in
          try await transport.withSSHSession(on: Station.endpoint(server)) { session in
            var outputs: [String] = []
            for number in 0..<3 { outputs.append(await session.run(command: "echo \(number)", stdin: []).output) }
            return outputs
          }
        }
        #expect(outputs == ["0\n", "1\n", "2\n"])
      }
    }

    @Test func `a remote program runs, whatever stands on its standard input`() async throws {
      try await withOpenSSHServer { server in
        var random = SplitMix64(seed: 1)
        let program = RemoteProgram(nonce: Nonce(using: &random), factNonce: Nonce(using: &random), checks: [])
        let execution = try await Station.withTransport(server) { transport in
          try await transport.withSession(on: Station.endpoint(server)) { session in await session.execute(program) }
        }
        #expect(execution.output.contains("\(program.nonce) t 0\n"))
        #expect(execution.errors.contains("\(program.nonce) t 0\n"))
      }
    }
  }
}
