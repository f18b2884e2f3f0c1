import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Every key that cannot be used is said before anything is contacted.
  struct IdentitiesTests {
    private func failure(_ identity: Credential.Identity, environment: [String: String] = [:]) async -> Failure? {
      do {
        try await Station.withTransport(knownHosts: "", identities: [identity], environment: environment) { _ in }
        return nil
      } catch {
        return error as? Failure
      }
    }

    @Test func `an encrypted key that no agent holds is refused with the way out`() async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try runTool("/usr/bin/ssh-keygen", "-q", "-N", "secret", "-t", "ed25519", "-f", key)
        let failure = await failure(.file(key))
        #expect(failure?.code == .serviceUnavailable)
        #expect(
          failure?.description
            == "the private key \(key) is encrypted: it was not loaded into an agent"
            + " (credential default of the inventory). "
            + "Load it into ssh-agent (ssh-add \(key)) and use `identity: agent`.")
      }
    }

    @Test func `encrypted files are found beforehand, each once, and a bad one among them is said`() async throws {
      try await withTemporaryDirectory { directory in
        let (plain, locked) = (try SSHKey("plain", in: directory), try SSHKey("locked", in: directory))
        try locked.encrypt()
        func encrypted(_ identities: Credential.Identity...) throws -> [String] {
          try SSHLibrary.encryptedKeyFiles(
            of: identities.map { Credential(name: "c", user: "u", identity: $0) },
            environment: ["HOME": directory.path], now: Station.now)
        }
        #expect(
          try encrypted(.agent, .file(plain.path), .file(locked.path), .file("~/locked"), .file(plain.path + ".pub"))
            == [locked.path])
        chmod(plain.path, 0o644)
        let failure = #expect(throws: Failure.self) { try encrypted(.file(locked.path), .file(plain.path)) }
        #expect(failure?.code == .permissions)
      }
    }

    @Test func `a pub file whose key the agent does not hold is said to be that`() async throws {
      try await withTemporaryDirectory { directory in
        let (held, other) = (try SSHKey("held", in: directory), try SSHKey("other", in: directory))
        try await withSSHAgent(keys: [held.path]) { agent in
          let failure = await failure(.file(other.path + ".pub"), environment: ["SSH_AUTH_SOCK": agent.socket])
          #expect(failure?.code == .serviceUnavailable)
          #expect(failure?.what == "the ssh-agent does not hold the key of \(other.path).pub")
        }
      }
    }

    @Test func `a key open to others is refused with the command that closes it`() async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try OpenSSHServer.makeKey(key, "-t", "ed25519")
        chmod(key, 0o640)
        let failure = await failure(.file(key))
        #expect(failure?.code == .permissions)
        #expect(
          failure?.description
            == "the private key \(key) is open to others: its mode is 640 (credential default of the inventory). chmod 600 \(key)"
        )
      }
    }

    @Test func `a key that is not there is no such input, by its path in the home as well`() async throws {
      #expect(await failure(.file("/nonexistent/key"))?.code == .noSuchInput)
      let inHome = await failure(.file("~/key"), environment: ["HOME": "/nonexistent"])
      #expect(inHome?.what == "the private key /nonexistent/key cannot be read")
    }

    @Test func `a public half, a directory and a text are no private keys`() async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try OpenSSHServer.makeKey(key, "-t", "ed25519")
        chmod(key + ".pub", 0o600)
        let publicHalf = await failure(.file(key + ".pub"))
        #expect(publicHalf?.code == .badInput)
        #expect(publicHalf?.why == "it is the public half (credential default of the inventory)")
        #expect(await failure(.file(directory.path))?.code == .badInput)
        let text = directory.appending(path: "text").path
        try "hello".write(toFile: text, atomically: true, encoding: .utf8)
        chmod(text, 0o600)
        #expect(
          await failure(.file(text))?.why
            == "it does not begin as a private key does (credential default of the inventory)")
      }
    }

    @Test func `no agent, a dead agent and an empty agent are said apart`() async throws {
      #expect(await failure(.agent)?.what == "there is no ssh-agent")
      let dead = await failure(.agent, environment: ["SSH_AUTH_SOCK": "/nonexistent/agent"])
      #expect(dead?.code == .serviceUnavailable)
      #expect(dead?.what == "the ssh-agent does not answer")
      #expect(dead?.why.hasPrefix("/nonexistent/agent: ") == true)
    }
  }
}
