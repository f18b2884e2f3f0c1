import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// A real OpenSSH server on `::1`.
  @Suite(.enabled(if: Network.hasIPv6Loopback, "this machine has no ::1"))
  struct IPv6Tests {
    private func contact(
      record: (OpenSSHServer) throws -> String, networks: [Network] = [.loopbackIPv6],
      _ check: (Result<Execution, ContactFailure>, OpenSSHServer) throws -> Void
    ) async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.addresses = ["::1"]
      configuration.logLevel = "DEBUG3"
      try await withOpenSSHServer(configuration) { server in
        let endpoint = Station.endpoint(
          port: server.port, address: "::1", identity: .file(server.clientKey), networks: networks)
        let result = try await Station.withTransport(server, knownHosts: record(server)) { transport in
          await Station.run("echo \"$SSH_CONNECTION\"", on: endpoint, over: transport)
        }
        try check(result, server)
      }
    }

    @Test func `a server is known by its address in brackets, and logged in to`() async throws {
      try await contact(record: { try $0.knownHosts(for: "::1") }) { result, server in
        #expect(result.output?.hasSuffix(" ::1 \(server.port)\n") == true, "\(result)")
        #expect(server.log.contains("Accepted publickey"))
      }
    }

    @Test func `the dialled address is told, and another key is a mismatch`() async throws {
      try await contact(record: { "[::1]:\($0.port) \(HostKeyTests.strange)\n" }) { result, server in
        #expect(result.failure?.outcome == .hostKeyMismatch)
        #expect(result.failure?.evidence.dialled == "[::1]:\(server.port)")
        #expect(server.authentications == [])
      }
    }

    @Test func `it is not dialled for a site that lists the other loopback only`() async throws {
      try await contact(record: { try $0.knownHosts(for: "::1") }, networks: [.loopback]) { result, server in
        #expect(result.failure?.outcome == .unreachable)
        #expect(result.failure?.reason.hasPrefix("not dialled: ::1 is ") == true, "\(result)")
        #expect(server.messages == [])
      }
    }
  }
}
