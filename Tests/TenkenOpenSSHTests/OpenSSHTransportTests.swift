import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

extension OverSockets {
  /// Contacts with real OpenSSH servers.
  struct OpenSSHTransportTests {
    @Test(arguments: [
      (["Ciphers aes128-ctr", "MACs hmac-sha2-256-etm@openssh.com"], ["ed25519"]),
      (["Ciphers chacha20-poly1305@openssh.com"], ["ed25519"]), ([], ["rsa"]),
    ])
    func `servers are inspected that the built-in client does not speak to`(lines: [String], types: [String])
      async throws
    {
      var configuration = OpenSSHServer.Configuration()
      (configuration.lines, configuration.hostKeyTypes) = (lines, types)
      try await withOpenSSHServer(configuration) { server in
        let result = try await Station.withTransport(server) { transport in
          await Station.run("echo here; exit 101", on: Station.endpoint(server), over: transport)
        }
        #expect(result.run?.frames.isComplete == true, "\(result)")
        #expect(result.run?.execution.ending == .closed(exitStatus: 0))
        #expect(result.run?.evidence.dialled == "127.0.0.1:\(server.port)")
      }
    }

    @Test func `a list without anything in common is named, with what the server offers`() async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.lines = ["KexAlgorithms diffie-hellman-group1-sha1"]
      try await withOpenSSHServer(configuration) { server in
        let failure = try await Station.withTransport(server) { transport in
          await Station.run("true", on: Station.endpoint(server), over: transport).failure
        }
        #expect(failure?.outcome == .unsupported)
        #expect(failure?.isForOpenSSH == false)
        #expect(
          failure?.reason.hasPrefix(
            "no key exchange algorithm in common with ssh(1): the server offers diffie-hellman-group1-sha1") == true,
          "\(failure?.reason ?? "-")")
      }
    }

    @Test func `a refused login is one attempt, told with what the server would take`() async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.logLevel = "DEBUG1"
      try await withOpenSSHServer(configuration) { server in
        let stranger = server.directory.appending(path: "stranger").path
        try OpenSSHServer.makeKey(stranger, "-t", "ed25519")
        let failure = try await Station.withTransport(
          knownHosts: server.knownHosts(), keys: [stranger], in: server.directory
        ) { transport in
          await Station.run("true", on: Station.endpoint(server, key: stranger), over: transport).failure
        }
        #expect(failure?.outcome == .authFailed)
        #expect(failure?.didAuthenticate == true)
        let key = try #require(
          HostKey(
            type: "ssh-ed25519",
            base64: String(contentsOfFile: stranger + ".pub", encoding: .utf8).split(separator: " ")[1]))
        #expect(
          failure?.reason
            == "the server refused user \(server.user) with key ssh-ed25519 \(key.fingerprint); it takes publickey")
        await server.waitForLog("do_cleanup")
        #expect(server.log.ranges(of: "method publickey").count == 1)
      }
    }

    @Test func `the greeting of a server before the login is no output`() async throws {
      try await withTemporaryDirectory { directory in
        let greeting = directory.appending(path: "greeting")
        try Data("Authorised use only\u{1B}[2J\n".utf8).write(to: greeting)
        var configuration = OpenSSHServer.Configuration()
        configuration.lines = ["Banner \(greeting.path)"]
        try await withOpenSSHServer(configuration) { server in
          let result = try await Station.withTransport(server) { transport in
            await Station.run("echo complaint >&2; exit 101", on: Station.endpoint(server), over: transport)
          }
          #expect(result.run?.frames.isComplete == true)
          let errors = result.run?.frames.captures.map { String(decoding: $0.stderr, as: UTF8.self) }
          #expect(errors == ["complaint\n"])
        }
      }
    }

    @Test func `nothing of it is left running after the deadline of the run`() async throws {
      try await withOpenSSHServer { server in
        let limits = Limits(runTimeout: .milliseconds(500))
        let clock = ContinuousClock()
        var result: Result<Station.Run, ContactFailure>?
        let took = try await clock.measure {
          result = try await Station.withTransport(server) { transport in
            let result = await Station.run(
              "sleep 600; exit 101", on: Station.endpoint(server, limits: limits), over: transport)
            #expect(Station.processes(in: server.directory) == [])
            return result
          }
        }
        #expect(result?.run?.execution.ending == .expired("500ms (run)"))
        #expect(took < .seconds(10))
      }
    }

    @Test func `nothing is left running after a cancellation, jump hosts included`() async throws {
      try await withOpenSSHServer { server in
        let hops = [Station.hop("g1", server), Station.hop("g2", server)]
        try await Station.withTransport(server) { transport in
          let (begun, begin) = AsyncStream.makeStream(of: Void.self)
          await withTaskGroup(of: Void.self) { group in
            group.addTask {
              _ = try? await transport.withSession(on: Station.endpoint(server, hops: hops)) { session in
                begin.yield()
                _ = await session.execute(Station.sleeping)
              }
            }
            for await _ in begun { break }
            #expect(Station.processes(in: server.directory).count >= 3)
            group.cancelAll()
          }
          #expect(Station.processes(in: server.directory) == [])
        }
      }
    }

    @Test func `output without end stops at the budget`() async throws {
      try await withOpenSSHServer { server in
        let limits = Limits(bytesPerTerminal: 100_000)
        for stream in ["", " >&2"] {
          let result = try await Station.withTransport(server) { transport in
            await Station.run("cat /dev/zero\(stream)", on: Station.endpoint(server, limits: limits), over: transport)
          }
          #expect(result.run?.execution.ending == .overBudget("more than 100000 bytes"))
        }
      }
    }

    @Test func `a large program and a large output do not wait for each other`() async throws {
      try await withOpenSSHServer { server in
        let script =
          "head -c 1000000 /dev/zero | tr '\\0' x; exit 101\n" + String(repeating: "# padding\n", count: 100_000)
        let result = try await Station.withTransport(server) { transport in
          await Station.run(script, on: Station.endpoint(server), over: transport)
        }
        #expect(result.run?.frames.captures.first?.stdout.count == 1_000_000)
        #expect(result.run?.frames.isComplete == true)
      }
    }

    /// Kills the server's process that serves the session.
    private static let suicide = """
      echo before
      p=$$
      while case $(cat /proc/$p/comm) in sshd*) false ;; *) true ;; esac; do read -r _ _ _ p _ </proc/$p/stat; done
      kill -9 $p
      sleep 10
      """

    @Test func `a link that dies is a loss, and what had come stands`() async throws {
      try await withOpenSSHServer { server in
        let result = try await Station.withTransport(server) { transport in
          await Station.run(Self.suicide, on: Station.endpoint(server), over: transport)
        }
        guard case .lost(let reason) = result.run?.execution.ending else {
          Issue.record("ended otherwise: \(result)")
          return
        }
        #expect(reason.hasPrefix("the connection was lost"))
        #expect(result.run?.frames.hasBegun == true)
      }
    }

    @Test(arguments: [
      ("MaxSessions 0", Outcome.partial), ("ForceCommand exit 3", Outcome.unsupported),
    ])
    func `a server that opens no channel, and one that runs something else`(line: String, outcome: Outcome) async throws
    {
      var configuration = OpenSSHServer.Configuration()
      configuration.lines = [line]
      try await withOpenSSHServer(configuration) { server in
        let result = try await Station.withTransport(server) { transport in
          await Station.run("exit 101", on: Station.endpoint(server), over: transport)
        }
        switch (result.run?.execution.ending, outcome) {
        case (.unopened, .partial): break
        case (.closed(exitStatus: 3), .unsupported): break
        default: Issue.record("ended otherwise: \(result)")
        }
      }
    }

    @Test func `a name is resolved once, and the address that was dialled is told`() async throws {
      try await withOpenSSHServer { server in
        let lines = try server.knownHosts(for: "localhost")
        let result = try await Station.withTransport(server, knownHosts: lines) { transport in
          await Station.run(
            "exit 101", on: Station.endpoint(port: server.port, address: "localhost", key: server.clientKey),
            over: transport)
        }
        #expect(result.run?.evidence.dialled == "127.0.0.1:\(server.port)", "\(result)")
        let failure = try await Station.withTransport(server) { transport in
          await Station.run(
            "exit 101", on: Station.endpoint(port: server.port, address: "nowhere.invalid", key: server.clientKey),
            over: transport
          ).failure
        }
        #expect(failure?.outcome == .unreachable)
        #expect(failure?.reason.hasPrefix("name not found: nowhere.invalid") == true)
      }
    }

    @Test func `no address is dialled that the site does not have, be it by name`() async throws {
      try await withOpenSSHServer { server in
        for address in ["127.0.0.1", "localhost"] {
          let failure = try await Station.withTransport(server) { transport in
            await Station.run(
              "true",
              on: Station.endpoint(port: server.port, address: address, key: server.clientKey, networks: []),
              over: transport
            ).failure
          }
          #expect(failure?.outcome == .unreachable)
          #expect(failure?.reason.hasPrefix("not dialled: ") == true, "\(failure?.reason ?? "-")")
        }
        #expect(!server.log.contains("Connection from"))
      }
    }

    @Test func `a session runs one program`() async throws {
      try await withOpenSSHServer { server in
        let endings = try await Station.withTransport(server) { transport in
          try await transport.withSession(on: Station.endpoint(server)) { session in
            [await session.execute(Station.empty), await session.execute(Station.empty)].map(\.ending)
          }
        }
        #expect(endings == [.closed(exitStatus: 0), .refused("a session of ssh(1) runs one program")])
      }
    }
  }
}
