import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

extension OverSockets {
  /// A real OpenSSH server on `::1`.
  @Suite(.enabled(if: Network.hasIPv6Loopback, "this machine has no ::1"))
  struct IPv6Tests {
    @Test func `a server is known by its address in brackets, and logged in to`() async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.addresses = ["::1"]
      try await withOpenSSHServer(configuration) { server in
        let endpoint = Station.endpoint(
          port: server.port, address: "::1", key: server.clientKey, networks: [.loopbackIPv6])
        let known = try server.knownHosts(for: "::1")
        let run = try await Station.withTransport(server, knownHosts: known) { transport in
          try await Station.run("exit 101", on: endpoint, over: transport).get()
        }
        #expect(run.frames.isComplete)
        #expect(run.evidence.hostKey?.standing == .recorded)
        #expect(run.evidence.dialled == "[::1]:\(server.port)")
      }
    }
  }
}
