import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Against a real OpenSSH server.
  struct AuthenticationTests {
    @Test(arguments: [
      ["-t", "ed25519"], ["-t", "ecdsa", "-b", "256"], ["-t", "ecdsa", "-b", "384"], ["-t", "ecdsa", "-b", "521"],
      ["-t", "rsa", "-b", "2048"], ["-t", "rsa", "-b", "3072", "-m", "PEM"],
      ["-t", "rsa", "-b", "2048", "-m", "PKCS8"],
      ["-t", "ecdsa", "-b", "256", "-m", "PEM"], ["-t", "ecdsa", "-b", "384", "-m", "PKCS8"],
    ])
    func `a key of every kind and container logs in`(options: [String]) async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try runTool("/usr/bin/ssh-keygen", ["-q", "-N", "", "-C", "test", "-f", key] + options)
        var configuration = OpenSSHServer.Configuration()
        configuration.authorizedKeys = [try String(contentsOfFile: key + ".pub", encoding: .utf8)]
        try await withOpenSSHServer(configuration) { server in
          let execution = try await Station.withTransport(server, keys: [key]) { transport in
            try await Station.run("echo in", on: Station.endpoint(server, key: key), over: transport).get()
          }
          #expect(execution.output == "in\n")
          #expect(execution.ending == .closed(exitStatus: 0))
        }
      }
    }

    @Test func `a key that the server does not know is refused after one attempt`() async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try OpenSSHServer.makeKey(key, "-t", "ed25519")
        var configuration = OpenSSHServer.Configuration()
        configuration.logLevel = "DEBUG1"
        try await withOpenSSHServer(configuration) { server in
          let failure = try await Station.withTransport(server, keys: [key]) { transport in
            await Station.run("true", on: Station.endpoint(server, key: key), over: transport).failure
          }
          #expect(failure?.outcome == .authFailed)
          #expect(failure?.reason.contains("refused user \(server.user) with key ssh-ed25519 SHA256:") == true)
          #expect(failure?.reason.hasSuffix("; it takes publickey") == true, "\(failure?.reason ?? "-")")
          #expect(failure?.evidence.hostKey?.standing == .recorded)
          #expect(failure?.evidence.dialled == "127.0.0.1:\(server.port)")
          await server.waitForLog("do_cleanup")
          #expect(server.log.components(separatedBy: "method publickey").count - 1 == 1)
        }
      }
    }

    @Test func `an unknown user is refused`() async throws {
      try await withOpenSSHServer { server in
        let endpoint = Station.endpoint(port: server.port, user: "no\u{1B}body", identity: .file(server.clientKey))
        let failure = try await Station.withTransport(server) { transport in
          await Station.run("true", on: endpoint, over: transport).failure
        }
        #expect(failure?.outcome == .authFailed)
        #expect(failure?.reason.contains("no\\x1bbody") == true)
      }
    }

    @Test func `a server that takes no keys says what it takes`() async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.lines = ["PubkeyAuthentication no", "PasswordAuthentication yes"]
      try await withOpenSSHServer(configuration) { server in
        let failure = try await Station.withTransport(server) { transport in
          await Station.run("true", on: Station.endpoint(server), over: transport).failure
        }
        #expect(failure?.outcome == .authFailed)
        #expect(failure?.reason.contains("it takes password") == true, "\(failure?.reason ?? "-")")
      }
    }

    @Test func `a server that hangs in the login is timed out, and the phase is named`() async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.lines = ["AuthorizedKeysCommand /usr/bin/sleep 60", "AuthorizedKeysCommandUser \(NSUserName())"]
      try await withOpenSSHServer(configuration) { server in
        let stranger = server.directory.appending(path: "stranger").path
        try OpenSSHServer.makeKey(stranger, "-t", "ed25519")
        var limits = Station.limits
        limits.loginTimeout = .seconds(2)
        let failure = try await Station.withTransport(server, keys: [stranger]) { transport in
          await Station.run("true", on: Station.endpoint(server, key: stranger, limits: limits), over: transport)
            .failure
        }
        #expect(failure?.outcome == .timedOut)
        #expect(failure?.reason == "no answer within 2s (authentication)")
        #expect(failure?.evidence.hostKey?.standing == .recorded)
        #expect(failure?.didAuthenticate == true)
      }
    }

    @Test func `a server that hangs up in the login is told apart from one that was never asked`() async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.lines = [
        #"AuthorizedKeysCommand /bin/sh -c "kill -9 $PPID""#, "AuthorizedKeysCommandUser \(NSUserName())",
      ]
      try await withOpenSSHServer(configuration) { server in
        let stranger = server.directory.appending(path: "stranger").path
        try OpenSSHServer.makeKey(stranger, "-t", "ed25519")
        let failure = try await Station.withTransport(server, keys: [stranger]) { transport in
          await Station.run("true", on: Station.endpoint(server, key: stranger), over: transport).failure
        }
        #expect(failure?.outcome == .unreachable)
        #expect(failure?.reason.hasPrefix("the server closed the connection in authentication") == true)
        #expect(failure?.didAuthenticate == true)
      }
    }

    @Test(arguments: ["ed25519", "ecdsa", "rsa"])
    func `a key in the agent logs in, many times at once`(type: String) async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try OpenSSHServer.makeKey(key, "-t", type)
        var configuration = OpenSSHServer.Configuration()
        configuration.authorizedKeys = [try String(contentsOfFile: key + ".pub", encoding: .utf8)]
        try await withOpenSSHServer(configuration) { server in
          try await withSSHAgent(keys: [key]) { agent in
            let endpoint = Station.endpoint(port: server.port, identity: .agent)
            let lines = try server.knownHosts()
            let outputs = try await Station.withTransport(
              knownHosts: lines, identities: [.agent], environment: ["SSH_AUTH_SOCK": agent.socket]
            ) { transport in
              await withTaskGroup(of: String?.self) { group in
                for _ in 0..<8 {
                  group.addTask { try? await Station.run("echo in", on: endpoint, over: transport).get().output }
                }
                return await group.reduce(into: []) { $0.append($1) }
              }
            }
            #expect(outputs == [String?](repeating: "in\n", count: 8))
          }
        }
      }
    }

    @Test func `of several keys in the agent the first is used, and that is said; a pub file chooses another`()
      async throws
    {
      try await withTemporaryDirectory { directory in
        let first = directory.appending(path: "first").path
        let second = directory.appending(path: "second").path
        for key in [first, second] { try OpenSSHServer.makeKey(key, "-t", "ed25519") }
        var configuration = OpenSSHServer.Configuration()
        configuration.authorizedKeys = [try String(contentsOfFile: second + ".pub", encoding: .utf8)]
        try await withOpenSSHServer(configuration) { server in
          let lines = try server.knownHosts()
          try await withSSHAgent(keys: [first, second]) { agent in
            try await Station.withTransport(
              knownHosts: lines, identities: [.agent, .file(second + ".pub")],
              environment: ["SSH_AUTH_SOCK": agent.socket]
            ) { transport in
              #expect(transport.notes.count == 1)
              #expect(transport.notes[0].hasPrefix("The ssh-agent holds 2 keys; ssh-ed25519 SHA256:"))
              let byFirst = Station.endpoint(port: server.port, identity: .agent)
              #expect(await Station.run("true", on: byFirst, over: transport).failure?.outcome == .authFailed)
              let bySecond = Station.endpoint(port: server.port, identity: .file(second + ".pub"))
              let execution = try await Station.run("echo in", on: bySecond, over: transport).get()
              #expect(execution.output == "in\n")
            }
          }
        }
      }
    }

    @Test func `an agent that dies in the middle fails the login, not the run of others`() async throws {
      try await withOpenSSHServer { server in
        let lines = try server.knownHosts()
        try await withSSHAgent(keys: [server.clientKey]) { agent in
          try await Station.withTransport(
            knownHosts: lines, identities: [.agent, .file(server.clientKey)],
            environment: ["SSH_AUTH_SOCK": agent.socket]
          ) { transport in
            agent.kill()
            let byAgent = Station.endpoint(port: server.port, identity: .agent)
            let failure = await Station.run("true", on: byAgent, over: transport).failure
            #expect(failure?.outcome == .authFailed)
            #expect(failure?.reason.contains("the ssh-agent did not sign") == true)
            let execution = try await Station.run("echo in", on: Station.endpoint(server), over: transport).get()
            #expect(execution.output == "in\n")
          }
        }
      }
    }
  }
}
