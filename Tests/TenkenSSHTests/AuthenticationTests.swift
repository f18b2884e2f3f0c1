import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Against a real OpenSSH server.
  struct AuthenticationTests {
    private static let kinds = [
      ["-t", "ecdsa", "-b", "256"], ["-t", "ecdsa", "-b", "384"], ["-t", "ecdsa", "-b", "521"],
      ["-t", "rsa", "-b", "2048"],
    ]

    @Test func `a key of every kind and container logs in`() async throws {
      try await withTemporaryDirectory { directory in
        // ssh-keygen writes ed25519 in one container only, whatever it is told.
        let forms = Self.kinds.flatMap { kind in [[], ["-m", "PEM"], ["-m", "PKCS8"]].map { kind + $0 } }
        let keys = try ([["-t", "ed25519"]] + forms).map { options in
          try SSHKey(options.joined(), in: directory, options)
        }
        var configuration = OpenSSHServer.Configuration()
        configuration.authorizedKeys = try keys.map { try $0.publicLine }
        try await withOpenSSHServer(configuration) { server in
          try await Station.withTransport(server, keys: keys.map(\.path)) { transport in
            for key in keys {
              let endpoint = Station.endpoint(server, key: key.path)
              let execution = try await Station.run("echo in", on: endpoint, over: transport).get()
              #expect(execution.output == "in\n", "\(key.path)")
              #expect(try server.log.contains(key.fingerprint))
            }
          }
        }
      }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "needs openssl"))
    func `an ed25519 key in PKCS#8 logs in`() async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try runTool("/usr/bin/openssl", "genpkey", "-algorithm", "ED25519", "-out", key)
        chmod(key, 0o600)
        let identity = try #require(try KeyFile.load(key))
        var configuration = OpenSSHServer.Configuration()
        configuration.authorizedKeys = ["ssh-ed25519 \(Base64.encode(identity.publicKey.blob))"]
        try await withOpenSSHServer(configuration) { server in
          let execution = try await Station.withTransport(server, keys: [key]) { transport in
            try await Station.run("echo in", on: Station.endpoint(server, key: key), over: transport).get()
          }
          #expect(execution.output == "in\n")
        }
      }
    }

    @Test(arguments: [["-t", "ed25519"], ["-t", "rsa", "-b", "2048", "-m", "PEM"], ["-t", "ecdsa", "-m", "PKCS8"]])
    func `an encrypted key logs in through the agent that holds it`(options: [String]) async throws {
      try await withTemporaryDirectory { directory in
        let key = try SSHKey("key", in: directory, options)
        var configuration = OpenSSHServer.Configuration()
        configuration.authorizedKeys = [try key.publicLine]
        try await withOpenSSHServer(configuration) { server in
          try await withSSHAgent(keys: [key.path]) { agent in
            try key.encrypt("secret", Array(options.drop { $0 != "-m" }))
            #expect(try KeyFile.load(key.path) == nil)
            let lines = try server.knownHosts()
            let execution = try await Station.withTransport(
              knownHosts: lines, identities: [.file(key.path)],
              held: [HeldKey(file: key.path, socket: agent.socket)]
            ) { transport in
              try await Station.run("echo in", on: Station.endpoint(server, key: key.path), over: transport).get()
            }
            #expect(execution.output == "in\n")
          }
        }
      }
    }

    @Test func `two terminals are logged in to with keys and users of their own in one sweep`() async throws {
      try await withTemporaryDirectory { directory in
        let keys = try ["bangkok", "tokyo"].map { try SSHKey($0, in: directory) }
        // Whom this process cannot become a server cannot log in: then both are the same user, with other keys.
        let users = getuid() == 0 ? ["root", "daemon"] : [NSUserName(), NSUserName()]
        try await with(servers: keys) { servers in
          let lines = try servers.map { try $0.knownHosts() }.joined()
          try await Station.withTransport(knownHosts: lines, identities: keys.map { .file($0.path) }) { transport in
            for (number, server) in servers.enumerated() {
              let right = Station.endpoint(port: server.port, user: users[number], identity: .file(keys[number].path))
              _ = try await transport.withSSHSession(on: right) { _ in }
              #expect(server.log.contains("Accepted publickey for \(users[number]) "))
              let wrong = Station.endpoint(
                port: server.port, user: users[number], identity: .file(keys[1 - number].path))
              #expect(await Station.run("true", on: wrong, over: transport).failure?.outcome == .authFailed)
            }
          }
        }
      }
    }

    /// Two servers, each of which takes one of these keys for any user.
    private func with(servers keys: [SSHKey], _ body: ([OpenSSHServer]) async throws -> Void) async throws {
      let configurations = keys.map { key in
        var configuration = OpenSSHServer.Configuration()
        configuration.lines = [
          "AuthorizedKeysCommand /bin/cat \(key.path).pub", "AuthorizedKeysCommandUser \(NSUserName())",
          "AuthorizedKeysFile none",
        ]
        return configuration
      }
      try await withOpenSSHServer(configurations[0]) { first in
        try await withOpenSSHServer(configurations[1]) { second in try await body([first, second]) }
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
  }
}
