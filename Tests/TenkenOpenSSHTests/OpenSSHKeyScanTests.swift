import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

extension OverSockets {
  /// Against real OpenSSH servers, whose log shows that nobody tried to log in.
  struct OpenSSHKeyScanTests {
    private func scan(
      _ server: OpenSSHServer, knownHosts: String = "", hops: [Hop] = []
    ) async throws -> Result<ContactEvidence, ContactFailure> {
      // A key that is nowhere: a scan needs none.
      let endpoint = Station.endpoint(server, key: "/nonexistent/key", hops: hops)
      return try await Station.withTransport(server, knownHosts: knownHosts) { transport in
        do throws(ContactFailure) {
          return .success(
            try await OpenSSHKeyScan(transport: transport).withSession(on: endpoint) { session in session.evidence })
        } catch {
          return .failure(error)
        }
      }
    }

    private func withServer(_ types: [String], _ body: (OpenSSHServer) async throws -> Void) async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.hostKeyTypes = types
      configuration.logLevel = "DEBUG1"
      try await withOpenSSHServer(configuration) { server in
        try await body(server)
        await server.waitForLog("do_cleanup")
        #expect(!server.log.contains("userauth-request"))
      }
    }

    @Test func `the key of a host that has an RSA key only is found, and nobody logs in`() async throws {
      try await withServer(["rsa"]) { server in
        let evidence = try await scan(server).get()
        let words = try server.hostKey("rsa").split(separator: " ")
        let key = try #require(HostKey(type: words[0], base64: words[1]))
        #expect(evidence.hostKey == HostKeyEvidence(key, .unknown))
        #expect(evidence.dialled == "127.0.0.1:\(server.port)")
      }
    }

    @Test func `the evidence says how the key stands to the record, and what is recorded restricts nothing`()
      async throws
    {
      try await withServer(["rsa"]) { server in
        let recorded = try await scan(server, knownHosts: server.knownHosts()).get()
        #expect(recorded.hostKey?.standing == .recorded)
        let strange = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
        let other = try await scan(server, knownHosts: "[127.0.0.1]:\(server.port) \(strange)\n").get()
        #expect(other.hostKey?.standing == .mismatch)
      }
    }

    @Test func `a gateway whose key is not on record is not passed`() async throws {
      try await withServer(["rsa"]) { server in
        let result = try await scan(server, hops: [Station.hop("gw", server)])
        #expect(throws: ContactFailure.self) { try result.get() }
        if case .failure(let failure) = result { #expect(failure.gateway == "gw") }
      }
    }

    @Test func `behind a gateway on record the key is found`() async throws {
      try await withOpenSSHServer { gateway in
        try await withServer(["rsa"]) { server in
          let hop = Hop(
            gateway: Gateway(id: "gw", address: "127.0.0.1", port: gateway.port),
            credential: Credential(name: "gw", user: gateway.user, identity: .file(gateway.clientKey)))
          let endpoint = Station.endpoint(server, key: "/nonexistent/key", hops: [hop])
          let evidence = try await Station.withTransport(
            knownHosts: try gateway.knownHosts(), keys: [gateway.clientKey], in: gateway.directory
          ) { transport in
            try await OpenSSHKeyScan(transport: transport).withSession(on: endpoint) { session in session.evidence }
          }
          #expect(evidence.hostKey?.type == "ssh-rsa")
          #expect(evidence.hostKey?.standing == .unknown)
        }
      }
    }
  }
}
