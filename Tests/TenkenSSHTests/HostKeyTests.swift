import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Against a real OpenSSH server, whose log shows that nobody tried to log in.
  struct HostKeyTests {
    private func contact(
      knownHosts: (OpenSSHServer) throws -> String, hostKeyTypes: [String] = ["ed25519"], lines: [String] = [],
      pinned: (OpenSSHServer) throws -> [HostKey] = { _ in [] },
      _ check: (ContactFailure?, OpenSSHServer) throws -> Void
    ) async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.hostKeyTypes = hostKeyTypes
      configuration.lines = lines
      configuration.logLevel = "DEBUG1"
      try await withOpenSSHServer(configuration) { server in
        let endpoint = Station.endpoint(server, pinned: try pinned(server))
        let failure = try await Station.withTransport(server, knownHosts: try knownHosts(server)) { transport in
          await Station.run("true", on: endpoint, over: transport).failure
        }
        if failure != nil {
          await server.waitForLog("do_cleanup")
          #expect(!server.log.contains("userauth-request"))
        }
        try check(failure, server)
      }
    }

    private static func words(_ line: String) throws -> HostKey {
      let words = line.split(separator: " ")
      return try #require(HostKey(type: words[0], base64: words[1]))
    }

    static let strange = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

    @Test func `no key on record: nothing is authenticated, and the fingerprint is known`() async throws {
      try await contact(knownHosts: { _ in "" }) { failure, server in
        #expect(failure?.outcome == .hostKeyUnknown)
        let key = try Self.words(server.hostKey())
        #expect(
          failure?.evidence.hostKey
            == HostKeyEvidence(
              type: "ssh-ed25519", fingerprint: key.fingerprint, standing: .unknown, blob: key.blob))
        #expect(failure?.reason == "no host key on record; the host shows ssh-ed25519 \(key.fingerprint)")
      }
    }

    @Test func `a changed key: nothing is authenticated, and both fingerprints are told`() async throws {
      try await contact(knownHosts: { "[127.0.0.1]:\($0.port) \(Self.strange)\n" }) { failure, server in
        #expect(failure?.outcome == .hostKeyMismatch)
        #expect(failure?.evidence.hostKey?.standing == .mismatch)
        let shown = try Self.words(server.hostKey()).fingerprint
        let recorded = try Self.words(Self.strange).fingerprint
        #expect(failure?.reason == "the host shows ssh-ed25519 \(shown), on record is ssh-ed25519 \(recorded)")
      }
    }

    @Test func `a revoked key: nothing is authenticated`() async throws {
      try await contact(knownHosts: { try "@revoked * \($0.hostKey())\n" + $0.knownHosts() }) { failure, _ in
        #expect(failure?.outcome == .hostKeyMismatch)
        #expect(failure?.evidence.hostKey?.standing == .revoked)
      }
    }

    @Test func `a server that has only other types than the recorded one is a mismatch`() async throws {
      try await contact(
        knownHosts: { "[127.0.0.1]:\($0.port) \(Self.strange)\n" }, hostKeyTypes: ["ecdsa"]
      ) { failure, _ in
        #expect(failure?.outcome == .hostKeyMismatch)
        #expect(failure?.reason == "recorded: ssh-ed25519; offered: ecdsa-sha2-nistp256")
      }
    }

    @Test func `of a server with several keys the recorded type is asked for`() async throws {
      try await contact(
        knownHosts: { try "[127.0.0.1]:\($0.port) \($0.hostKey("ecdsa"))\n" }, hostKeyTypes: ["ed25519", "ecdsa"]
      ) { failure, _ in
        #expect(failure == nil)
      }
    }

    @Test func `a pinned key is believed, and known_hosts not asked`() async throws {
      try await contact(
        knownHosts: { "[127.0.0.1]:\($0.port) \(Self.strange)\n" }, pinned: { [try Self.words($0.hostKey())] }
      ) { failure, _ in
        #expect(failure == nil)
      }
      try await contact(knownHosts: { try $0.knownHosts() }, pinned: { _ in [try Self.words(Self.strange)] }) {
        failure, _ in
        #expect(failure?.outcome == .hostKeyMismatch)
      }
    }

    @Test func `a server that has only an RSA key is unsupported, not a mismatch`() async throws {
      try await contact(knownHosts: { try $0.knownHosts() }, hostKeyTypes: ["rsa"]) { failure, _ in
        guard !LibSSH2.algorithms.hostKey.contains("rsa-sha2-512") else { return #expect(failure == nil) }
        #expect(failure?.outcome == .unsupported)
        #expect(failure?.isForOpenSSH == true)
        #expect(
          failure?.reason
            == "no host key algorithm in common: the server offers rsa-sha2-512,rsa-sha2-256, Tenken speaks ssh-rsa")
      }
    }

    @Test func `a server that encrypts only before it authenticates is unsupported, and the list is named`()
      async throws
    {
      try await contact(
        knownHosts: { try $0.knownHosts() },
        lines: ["Ciphers aes128-ctr", "MACs hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com"]
      ) { failure, _ in
        #expect(failure?.outcome == .unsupported)
        #expect(failure?.isForOpenSSH == true)
        #expect(
          failure?.reason
            == "no MAC algorithm in common: the server offers hmac-sha2-256-etm@openssh.com,"
            + "hmac-sha2-512-etm@openssh.com, Tenken speaks hmac-sha2-256,hmac-sha2-512")
      }
    }
  }
}
