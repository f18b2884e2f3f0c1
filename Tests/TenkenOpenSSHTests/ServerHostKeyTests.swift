import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

extension OverSockets {
  /// Against a real OpenSSH server, whose log shows that nobody tried to log in: the verdicts of the built-in client, in
  /// its words.
  struct ServerHostKeyTests {
    private func contact(
      knownHosts: (OpenSSHServer) throws -> String, hostKeyTypes: [String] = ["ed25519"],
      pinned: (OpenSSHServer) throws -> [HostKey] = { _ in [] }, newKeys: NewHostKeys? = nil,
      _ check: (Result<Station.Run, ContactFailure>, OpenSSHServer) throws -> Void
    ) async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.hostKeyTypes = hostKeyTypes
      configuration.logLevel = "DEBUG1"
      try await withOpenSSHServer(configuration) { server in
        let endpoint = Station.endpoint(port: server.port, pinned: try pinned(server), key: server.clientKey)
        let result = try await Station.withTransport(
          server, knownHosts: try knownHosts(server), newKeys: newKeys
        ) { transport in
          await Station.run("exit 101", on: endpoint, over: transport)
        }
        if result.failure != nil {
          await server.waitForLog("do_cleanup")
          #expect(!server.log.contains("userauth-request"))
          #expect(result.failure?.didAuthenticate == false)
        }
        try check(result, server)
      }
    }

    private static func words(_ line: String) throws -> HostKey {
      let words = line.split(separator: " ")
      return try #require(HostKey(type: words[0], base64: words[1]))
    }

    private static let strange = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

    @Test func `no key on record: nothing is authenticated, and the key is known`() async throws {
      try await contact(knownHosts: { _ in "" }) { result, server in
        let key = try Self.words(server.hostKey())
        #expect(result.failure?.outcome == .hostKeyUnknown)
        #expect(
          result.failure?.evidence.hostKey
            == HostKeyEvidence(type: "ssh-ed25519", fingerprint: key.fingerprint, standing: .unknown, blob: key.blob))
        #expect(result.failure?.reason == "no host key on record; the host shows ssh-ed25519 \(key.fingerprint)")
      }
    }

    @Test func `a changed key: nothing is authenticated, and both fingerprints are told`() async throws {
      try await contact(knownHosts: { "[127.0.0.1]:\($0.port) \(Self.strange)\n" }) { result, server in
        #expect(result.failure?.outcome == .hostKeyMismatch)
        let shown = try Self.words(server.hostKey())
        let recorded = try Self.words(Self.strange).fingerprint
        #expect(result.failure?.evidence.hostKey?.standing == .mismatch)
        #expect(result.failure?.evidence.hostKey?.blob == shown.blob)
        #expect(
          result.failure?.reason
            == "the host shows ssh-ed25519 \(shown.fingerprint), on record is ssh-ed25519 \(recorded)")
      }
    }

    @Test func `a revoked key: nothing is authenticated`() async throws {
      try await contact(knownHosts: { try "@revoked * \($0.hostKey())\n" + $0.knownHosts() }) { result, _ in
        #expect(result.failure?.outcome == .hostKeyMismatch)
        #expect(result.failure?.evidence.hostKey?.standing == .revoked)
      }
    }

    @Test func `a server that has only other types than the recorded one is a mismatch`() async throws {
      try await contact(
        knownHosts: { "[127.0.0.1]:\($0.port) \(Self.strange)\n" }, hostKeyTypes: ["ecdsa"]
      ) { result, _ in
        #expect(result.failure?.outcome == .hostKeyMismatch)
        #expect(result.failure?.reason == "recorded: ssh-ed25519; offered: ecdsa-sha2-nistp256")
      }
    }

    @Test func `of a server with several keys the recorded type is asked for`() async throws {
      try await contact(
        knownHosts: { try "[127.0.0.1]:\($0.port) \($0.hostKey("ecdsa"))\n" },
        hostKeyTypes: ["ed25519", "ecdsa", "rsa"]
      ) { result, _ in
        #expect(result.run?.evidence.hostKey?.type == "ecdsa-sha2-nistp256")
      }
    }

    @Test func `a pinned key is believed, and known_hosts not asked`() async throws {
      try await contact(
        knownHosts: { "[127.0.0.1]:\($0.port) \(Self.strange)\n" }, pinned: { [try Self.words($0.hostKey())] }
      ) { result, _ in
        #expect(result.run?.frames.isComplete == true)
      }
      try await contact(knownHosts: { try $0.knownHosts() }, pinned: { _ in [try Self.words(Self.strange)] }) {
        result, _ in
        #expect(result.failure?.outcome == .hostKeyMismatch)
      }
    }

    @Test func `a line of the plain name proves the host on another port, and does not disprove it`() async throws {
      try await contact(knownHosts: { try "127.0.0.1 \($0.hostKey())\n" }) { result, _ in
        #expect(result.run?.evidence.hostKey?.standing == .recorded)
      }
      try await contact(knownHosts: { _ in "127.0.0.1 \(Self.strange)\n" }) { result, _ in
        #expect(result.failure?.outcome == .hostKeyUnknown)
      }
    }

    @Test func `a type of key that is not spoken is unsupported`() async throws {
      let dss = HostKey(type: "ssh-dss", blob: [0, 0, 0, 7] + Array("ssh-dss".utf8))
      try await withOpenSSHServer { server in
        let endpoint = Station.endpoint(port: server.port, pinned: [dss], key: server.clientKey)
        let failure = try await Station.withTransport(server) { transport in
          await Station.run("true", on: endpoint, over: transport).failure
        }
        #expect(failure?.outcome == .unsupported)
        #expect(failure?.reason.hasPrefix("no host key algorithm in common: on record is ssh-dss") == true)
      }
    }

    @Test func `a new key is taken on first sight, and proves nobody`() async throws {
      let newKeys = NewHostKeys()
      try await contact(knownHosts: { _ in "" }, newKeys: newKeys) { result, server in
        let key = try Self.words(server.hostKey())
        #expect(result.run?.frames.isComplete == true)
        #expect(result.run?.evidence.hostKey?.standing == .unknown)
        #expect(result.run?.evidence.hostKey?.blob == key.blob)
        #expect(newKeys.accepts(key, of: "t1"))
      }
    }

    @Test func `another key than the one that was taken is a mismatch`() async throws {
      let first = try Self.words(Self.strange)
      let newKeys = NewHostKeys()
      newKeys.remember(["t1": first.fingerprint])
      try await contact(knownHosts: { _ in "" }, newKeys: newKeys) { result, _ in
        #expect(result.failure?.outcome == .hostKeyMismatch)
        #expect(result.failure?.evidence.hostKey?.standing == .mismatch)
        #expect(result.failure?.reason.hasSuffix("another key than it showed before") == true)
      }
    }
  }
}
