import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

extension OverSockets {
  struct OpenSSHIdentitiesTests {
    private static func credential(_ identity: Credential.Identity) -> Credential {
      Credential(name: "night", user: "u", identity: identity)
    }

    private static func environment(_ further: [String: String] = [:]) -> [String: String] {
      further.merging(["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]) { given, _ in given }
    }

    private static func load(
      _ identity: Credential.Identity, held: [HeldKey] = [], environment: [String: String] = [:]
    ) async throws(Failure) -> OpenSSHIdentity {
      let credential = credential(identity)
      return try await OpenSSHIdentities([credential], held: held, environment: Self.environment(environment))[
        credential]
    }

    @Test(arguments: [["-t", "ed25519"], ["-t", "ecdsa", "-m", "PEM"], ["-t", "rsa", "-b", "2048"]])
    func `a key file is told by its public half`(options: [String]) async throws {
      try await withTemporaryDirectory { directory in
        let path = directory.appending(path: "key").path
        _ = try runTool("/usr/bin/ssh-keygen", ["-q", "-N", "", "-f", path] + options)
        let words = try String(contentsOfFile: path + ".pub", encoding: .utf8).split(separator: " ")
        try FileManager.default.removeItem(atPath: path + ".pub")
        let identity = try await Self.load(.file("~/key"), environment: ["HOME": directory.path])
        #expect(identity.publicKey == HostKey(type: words[0], base64: words[1]))
        #expect(identity.signer == .file(path))
        #expect(identity.certificate == nil)
      }
    }

    @Test func `what is wrong with a key is said before anything is contacted, with its credential`() async throws {
      try await withTemporaryDirectory { directory in
        let path = directory.appending(path: "key").path
        let other = directory.appending(path: "other").path
        let cases: [(Failure.Code, () throws -> Void)] = [
          (.noSuchInput, {}),
          (
            .badInput,
            {
              try Data("not a key\n".utf8).write(to: URL(filePath: path)); chmod(path, 0o600)
            }
          ),
          (
            .permissions,
            {
              try OpenSSHServer.makeKey(other, "-t", "ed25519"); rename(other, path); chmod(path, 0o644)
            }
          ),
          (
            .serviceUnavailable,
            {
              unlink(path)
              _ = try runTool("/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "secret words", "-f", path)
            }
          ),
        ]
        for (code, prepare) in cases {
          try prepare()
          let failure = await #expect(throws: Failure.self) { try await Self.load(.file(path)) }
          #expect(failure?.code == code)
          #expect(failure?.why.hasSuffix("(credential night of the inventory)") == true)
        }
      }
    }

    @Test func `an encrypted key is used through the private agent that holds it`() async throws {
      try await withOpenSSHServer { server in
        try await withSSHAgent(keys: [server.clientKey]) { agent in
          let file = server.directory.appending(path: "encrypted").path
          let identity = try await Self.load(.file(file), held: [HeldKey(file: file, socket: agent.socket)])
          #expect(identity.signer == .agent(agent.socket))
        }
      }
    }

    @Test func `the user's agent logs in, by its first key or by the one that is named`() async throws {
      try await withOpenSSHServer { server in
        try await withSSHAgent(keys: [server.clientKey]) { agent in
          for identity in [Credential.Identity.agent, .file(server.clientKey + ".pub")] {
            let result = try await Self.login(identity, server, environment: ["SSH_AUTH_SOCK": agent.socket])
            #expect(result.run?.frames.isComplete == true, "\(result)")
          }
        }
        let failure = await #expect(throws: Failure.self) { try await Self.load(.agent) }
        #expect(failure?.code == .serviceUnavailable)
        let dead = await #expect(throws: Failure.self) {
          try await Self.load(.agent, environment: ["SSH_AUTH_SOCK": "/nowhere/agent"])
        }
        #expect(dead?.what == "the ssh-agent does not answer")
      }
    }

    @Test(arguments: ["ed25519", "rsa", "ecdsa"])
    func `a certificate beside the key logs in, where the key alone would not`(type: String) async throws {
      try await withTemporaryDirectory { directory in
        let authority = directory.appending(path: "authority").path
        try OpenSSHServer.makeKey(authority, "-t", "ed25519")
        let key = directory.appending(path: "user").path
        try OpenSSHServer.makeKey(key, "-t", type)
        try runTool("/usr/bin/ssh-keygen", "-q", "-s", authority, "-I", "test", "-n", NSUserName(), key + ".pub")
        var configuration = OpenSSHServer.Configuration()
        configuration.lines = ["TrustedUserCAKeys \(authority).pub"]
        configuration.logLevel = "DEBUG1"
        try await withOpenSSHServer(configuration) { server in
          let result = try await Self.login(.file(key), server)
          #expect(result.run?.frames.isComplete == true, "\(result)")
          #expect(server.log.contains("Accepted certificate ID \"test\""))
        }
      }
    }

    private static func login(
      _ identity: Credential.Identity, _ server: OpenSSHServer, environment: [String: String] = [:]
    ) async throws -> Result<Station.Run, ContactFailure> {
      let credential = Credential(name: "default", user: server.user, identity: identity)
      return try await withOpenSSHTransport(
        Station.program(), credentials: [credential],
        knownHosts: KnownHosts(Array(server.knownHosts().utf8), file: "known_hosts"),
        environment: Self.environment(environment.merging(["TMPDIR": server.directory.path]) { given, _ in given })
      ) { transport in
        let endpoint = Endpoint(
          terminal: "t1", site: "s1", address: "127.0.0.1", port: server.port, credential: credential,
          networks: [.loopback], limits: Station.limits)
        return await Station.run("exit 101", on: endpoint, over: transport)
      }
    }
  }
}
