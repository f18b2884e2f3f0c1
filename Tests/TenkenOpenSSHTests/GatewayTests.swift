import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

extension OverSockets {
  /// One and two jump hosts on the way, real servers all of them.
  struct GatewayTests {
    private static let strange = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

    private func contact(
      over hops: [Hop], to endpoint: (OpenSSHServer) throws -> Endpoint, knownHosts: String, keys: [String],
      _ target: OpenSSHServer
    ) async throws -> Result<Station.Run, ContactFailure> {
      try await Station.withTransport(knownHosts: knownHosts, keys: keys, in: target.directory) { transport in
        await Station.run("exit 101", on: try endpoint(target), over: transport)
      }
    }

    @Test(arguments: [1, 2])
    func `a terminal is reached over jump hosts, each with its own key`(count: Int) async throws {
      try await withOpenSSHServer { gateway in
        try await withOpenSSHServer { target in
          let hops = (0..<count).map { Station.hop(ID("g\($0)")!, gateway) }
          let result = try await contact(
            over: hops, to: { Station.endpoint($0, hops: hops) },
            knownHosts: gateway.knownHosts() + target.knownHosts(), keys: [gateway.clientKey, target.clientKey], target)
          #expect(result.run?.frames.isComplete == true, "\(result)")
          #expect(result.run?.evidence.hostKey?.standing == .recorded)
          let names = hops.map(\.gateway.id.rawValue).joined(separator: ", ")
          #expect(result.run?.evidence.dialled == "127.0.0.1:\(target.port) via \(names)")
          #expect(gateway.log.contains("Accepted publickey"))
        }
      }
    }

    @Test func `a terminal that its jump host cannot reach is unreachable, and the gateway blameless`() async throws {
      try await withOpenSSHServer { gateway in
        let hops = [Station.hop("g1", gateway)]
        let port = try freePort()
        let result = try await contact(
          over: hops, to: { Station.endpoint(port: port, key: $0.clientKey, hops: hops) },
          knownHosts: gateway.knownHosts(), keys: [gateway.clientKey], gateway)
        #expect(result.failure?.outcome == .unreachable)
        #expect(result.failure?.gateway == nil)
        #expect(result.failure?.reason == "not reached from gateway g1: connection refused")
        #expect(result.failure?.evidence.dialled == "127.0.0.1:\(port) via g1")
        #expect(result.failure?.didAuthenticate == false)
      }
    }

    @Test func `a jump host that forwards nothing is told`() async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.lines = ["AllowTcpForwarding no"]
      try await withOpenSSHServer(configuration) { gateway in
        let hops = [Station.hop("g1", gateway)]
        let result = try await contact(
          over: hops, to: { Station.endpoint($0, hops: hops) }, knownHosts: gateway.knownHosts(),
          keys: [gateway.clientKey], gateway)
        #expect(result.failure?.outcome == .unreachable)
        #expect(result.failure?.reason.hasPrefix("not reached from gateway g1: administratively") == true)
      }
    }

    @Test func `what is wrong with a jump host is the gateway's, whatever it is`() async throws {
      try await withOpenSSHServer { gateway in
        let stranger = gateway.directory.appending(path: "stranger").path
        try OpenSSHServer.makeKey(stranger, "-t", "ed25519")
        let cases: [(Hop, String, String, Outcome)] = try [
          (
            Station.hop("g1", gateway, port: freePort()), gateway.knownHosts(), "gateway g1: connection refused",
            .unreachable
          ),
          (Station.hop("g1", gateway), "", "gateway g1: no host key on record", .hostKeyUnknown),
          (
            Station.hop("g1", gateway), "[127.0.0.1]:\(gateway.port) \(Self.strange)\n", "gateway g1: the host shows",
            .hostKeyMismatch
          ),
          (
            Station.hop("g1", gateway, key: stranger), gateway.knownHosts(), "gateway g1: the server refused user",
            .authFailed
          ),
        ]
        for (hop, knownHosts, reason, outcome) in cases {
          let result = try await contact(
            over: [hop], to: { Station.endpoint($0, hops: [hop]) }, knownHosts: knownHosts,
            keys: [gateway.clientKey, stranger], gateway)
          #expect(result.failure?.outcome == .unreachable)
          #expect(result.failure?.gateway == "g1")
          #expect(result.failure?.gatewayFault?.outcome == outcome)
          #expect(result.failure?.gatewayFault?.hostKey?.standing == .mismatch || outcome != .hostKeyMismatch)
          #expect(result.failure?.didAuthenticate == (outcome == .authFailed))
          #expect(result.failure?.reason.hasPrefix(reason) == true, "\(result)")
          #expect(result.failure?.evidence.hostKey == nil)
        }
      }
    }

    @Test func `the second of two jump hosts is told from the first`() async throws {
      try await withOpenSSHServer { gateway in
        let hops = [Station.hop("g1", gateway), Station.hop("g2", gateway, port: try freePort())]
        let result = try await contact(
          over: hops, to: { Station.endpoint($0, hops: hops) }, knownHosts: gateway.knownHosts(),
          keys: [gateway.clientKey], gateway)
        #expect(result.failure?.gateway == "g2")
        #expect(result.failure?.reason == "gateway g2: not reached from gateway g1: connection refused", "\(result)")
      }
    }

    @Test func `a terminal behind a jump host shows its key to the jump host's side only once it is proven`()
      async throws
    {
      try await withOpenSSHServer { gateway in
        try await withOpenSSHServer { target in
          let hops = [Station.hop("g1", gateway)]
          let result = try await contact(
            over: hops, to: { Station.endpoint($0, hops: hops) },
            knownHosts: gateway.knownHosts() + "[127.0.0.1]:\(target.port) \(Self.strange)\n",
            keys: [gateway.clientKey, target.clientKey], target)
          #expect(result.failure?.outcome == .hostKeyMismatch)
          #expect(result.failure?.gateway == nil)
          #expect(!target.log.contains("Accepted"))
        }
      }
    }

    @Test func `a name that only its jump host could resolve is not dialled where there are networks`() async throws {
      try await withOpenSSHServer { gateway in
        let hops = [Station.hop("g1", gateway)]
        for (networks, reason) in [([Network.loopback], "not dialled: the gateway would look up localhost"), ([], "")] {
          let result = try await contact(
            over: hops,
            to: {
              Station.endpoint(
                port: $0.port, address: "localhost", key: $0.clientKey, networks: networks, hops: hops)
            }, knownHosts: gateway.knownHosts() + gateway.knownHosts(for: "localhost"), keys: [gateway.clientKey],
            gateway)
          if networks.isEmpty {
            // The jump host itself is on loopback, where no site without such a network dials.
            #expect(result.failure?.gateway == "g1")
          } else {
            #expect(result.failure?.reason.hasPrefix(reason) == true, "\(result)")
          }
        }
      }
    }

    @Test func `a terminal that is silent behind its jump host is timed out, not the gateway`() async throws {
      try await withOpenSSHServer { gateway in
        try await CannedPeer.with(.say([])) { port in
          let hops = [Station.hop("g1", gateway)]
          let limits = Limits(connectTimeout: .seconds(5), loginTimeout: .seconds(2))
          let result = try await contact(
            over: hops, to: { Station.endpoint(port: port, key: $0.clientKey, hops: hops, limits: limits) },
            knownHosts: gateway.knownHosts(), keys: [gateway.clientKey], gateway)
          #expect(result.failure?.outcome == .timedOut)
          #expect(result.failure?.reason == "no banner within 2s", "\(result)")
        }
      }
    }
  }
}
