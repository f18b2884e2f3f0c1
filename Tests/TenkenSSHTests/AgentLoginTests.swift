import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Logins with a key that stays in an agent, at a real OpenSSH server.
  struct AgentLoginTests {
    private func withServer(
      _ type: String = "ed25519", _ body: (OpenSSHServer, SSHKey, URL) async throws -> Void
    ) async throws {
      try await withTemporaryDirectory { directory in
        let key = try SSHKey("key", in: directory, ["-t", type])
        var configuration = OpenSSHServer.Configuration()
        configuration.authorizedKeys = [try key.publicLine]
        configuration.logLevel = "DEBUG1"
        try await withOpenSSHServer(configuration) { try await body($0, key, directory) }
      }
    }

    /// Lends contacts by the agent's first key.
    private func withContacts(
      _ server: OpenSSHServer, agent socket: String, limits: Limits = Station.limits,
      _ body: (() async -> Result<Execution, ContactFailure>) async throws -> Void
    ) async throws {
      let lines = try server.knownHosts()
      try await Station.withTransport(
        knownHosts: lines, identities: [.agent], environment: ["SSH_AUTH_SOCK": socket]
      ) { transport in
        let endpoint = Station.endpoint(port: server.port, identity: .agent, limits: limits)
        try await body { await Station.run("echo in", on: endpoint, over: transport) }
      }
    }

    @Test(arguments: ["ed25519", "ecdsa", "rsa"])
    func `a key in the agent logs in, many times at once over one connection`(type: String) async throws {
      try await withServer(type) { server, key, _ in
        try await withSSHAgent(keys: [key.path]) { agent in
          let lines = try server.knownHosts()
          let endpoint = Station.endpoint(port: server.port, identity: .agent)
          let outputs = try await Station.withTransport(
            knownHosts: lines, identities: [.agent], environment: ["SSH_AUTH_SOCK": agent.socket]
          ) { transport in
            await withTaskGroup(of: String?.self) { group in
              for _ in 0..<24 {
                group.addTask { try? await Station.run("echo in", on: endpoint, over: transport).get().output }
              }
              return await group.reduce(into: []) { $0.append($1) }
            }
          }
          #expect(outputs == [String?](repeating: "in\n", count: 24))
          if type == "rsa" { #expect(server.log.contains("rsa-sha2-512")) }
        }
      }
    }

    @Test func `an agent that hangs is named, not the terminal, and one that goes on signs again`() async throws {
      try await withServer { server, key, _ in
        try await withSSHAgent(keys: [key.path]) { agent in
          var limits = Station.limits
          limits.loginTimeout = .seconds(2)
          try await withContacts(server, agent: agent.socket, limits: limits) { contact in
            #expect(await contact().output == "in\n")
            kill(agent.identifier, SIGSTOP)
            let failure = await contact().failure
            #expect(failure?.outcome == .timedOut)
            #expect(failure?.reason == "no signature from the ssh-agent within 2s (authentication)")
            kill(agent.identifier, SIGCONT)
            #expect(await contact().output == "in\n")
          }
        }
      }
    }

    @Test func `an agent that dies fails the login, and one that returns logs in`() async throws {
      try await withServer { server, key, directory in
        let socket = directory.appending(path: "agent").path
        try await withSSHAgent(at: socket, keys: [key.path]) { agent in
          try await withContacts(server, agent: socket) { contact in
            #expect(await contact().output == "in\n")
            agent.kill()
            let failure = await contact().failure
            #expect(failure?.outcome == .authFailed)
            #expect(failure?.reason.contains("the ssh-agent did not sign with ssh-ed25519 SHA256:") == true)
            try FileManager.default.removeItem(atPath: socket)
            try await withSSHAgent(at: socket, keys: [key.path]) { _ in
              #expect(await contact().output == "in\n")
            }
          }
        }
      }
    }

    @Test func `an agent that lost the key did not sign, and the server refused nothing`() async throws {
      try await withServer { server, key, _ in
        try await withSSHAgent(keys: [key.path]) { agent in
          try await withContacts(server, agent: agent.socket) { contact in
            try runTool("/usr/bin/ssh-add", ["-q", "-D"], environment: ["SSH_AUTH_SOCK": agent.socket])
            let failure = await contact().failure
            #expect(failure?.outcome == .authFailed)
            #expect(failure?.reason.hasSuffix("; the server refused nothing") == true)
          }
        }
      }
    }

    @Test(arguments: [("true", true), ("false", false)])
    func `a key that must be confirmed waits for the person who does`(program: String, allows: Bool) async throws {
      try await withServer { server, key, _ in
        // The agent asks by the program that it was started with.
        let asking = ["SSH_ASKPASS": "/bin/\(program)", "DISPLAY": ":none", "SSH_ASKPASS_REQUIRE": "force"]
        try await withSSHAgent(keys: [key.path], options: ["-c"], environment: asking) { agent in
          try await withContacts(server, agent: agent.socket) { contact in
            let result = await contact()
            #expect(result.output == (allows ? "in\n" : nil))
            if !allows { #expect(result.failure?.reason.contains("the ssh-agent did not sign") == true) }
          }
        }
      }
    }

    @Test func `answers that are none fail the login and nothing else`() async throws {
      try await withServer { server, key, directory in
        let blob = try #require(KeyFile.publicKey(key.path + ".pub")).blob
        let answers: [[UInt8]] = [
          [], [5], [14], [14, 0xFF, 0xFF, 0xFF, 0xFF], [14, 0, 0, 0, 4, 0, 0, 0, 0],
          [99] + Array(repeating: 0, count: 5000),
          signature("ssh-rsa", 64),
        ]
        for (number, answer) in answers.enumerated() {
          let socket = directory.appending(path: "agent\(number)").path
          try await FakeAgent.with(at: socket, { $0.first == 11 ? FakeAgent.list(blob) : .payload(answer) }) {
            try await withContacts(server, agent: socket) { contact in
              let failure = await contact().failure
              #expect(failure?.outcome == .authFailed)
              #expect(failure?.reason.contains("the ssh-agent did not sign") == true, "\(answer.prefix(9))")
            }
          }
        }
      }
    }

    @Test func `a signature that is none is refused by the server`() async throws {
      try await withServer { server, key, directory in
        let blob = try #require(KeyFile.publicKey(key.path + ".pub")).blob
        let socket = directory.appending(path: "agent").path
        let forged = signature("ssh-ed25519", 64)
        try await FakeAgent.with(at: socket, { $0.first == 11 ? FakeAgent.list(blob) : .payload(forged) }) {
          try await withContacts(server, agent: socket) { contact in
            let failure = await contact().failure
            #expect(failure?.outcome == .authFailed)
            #expect(failure?.reason.hasPrefix("the server refused user") == true, "\(failure?.reason ?? "-")")
          }
        }
      }
    }

    @Test(arguments: [
      FakeAgent.Answer.hangUp, .bytes([0xFF, 0xFF, 0xFF, 0xFF]),
      .bytes([0, 0, 0, 1, 5, 0, 0, 0, 1, 5, 0, 0, 0, 1, 5]),
    ])
    func `an agent that breaks the protocol fails the login, and the next begins anew`(
      answer: FakeAgent.Answer
    ) async throws {
      try await withServer { server, key, directory in
        let blob = try #require(KeyFile.publicKey(key.path + ".pub")).blob
        let socket = directory.appending(path: "agent").path
        try await FakeAgent.with(at: socket, { $0.first == 11 ? FakeAgent.list(blob) : answer }) {
          try await withContacts(server, agent: socket) { contact in
            for _ in 0..<3 {
              let failure = await contact().failure
              #expect(failure?.outcome == .authFailed)
              #expect(failure?.reason.contains("the ssh-agent did not sign") == true, "\(failure?.reason ?? "-")")
            }
          }
        }
      }
    }

    private func signature(_ algorithm: String, _ length: Int) -> [UInt8] {
      var inner = WireWriter()
      inner.string(algorithm.utf8)
      inner.string([UInt8](repeating: 7, count: length))
      var outer = WireWriter()
      outer.byte(14)
      outer.string(inner.bytes)
      return outer.bytes
    }
  }
}
