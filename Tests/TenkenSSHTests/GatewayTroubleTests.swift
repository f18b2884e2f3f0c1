import Foundation
import NIOCore
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Jump hosts and what is behind them at their worst, beside terminals that must not notice.
  struct GatewayTroubleTests {
    /// A jump host and a terminal behind it.
    private func withServers(_ body: (OpenSSHServer, OpenSSHServer) async throws -> Void) async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.logLevel = "DEBUG1"
      try await withOpenSSHServer(configuration) { gateway in
        try await withOpenSSHServer { server in try await body(gateway, server) }
      }
    }

    private static func limits(connect: Duration, login: Duration = .seconds(10)) -> Limits {
      var limits = Station.limits
      limits.connectTimeout = connect
      limits.loginTimeout = login
      return limits
    }

    private func endpoint(
      _ port: UInt16, behind gateway: OpenSSHServer, _ server: OpenSSHServer, _ limits: Limits = Station.limits
    ) -> Endpoint {
      Station.endpoint(
        port: port, user: server.user, identity: .file(server.clientKey), hops: [Station.hop("jump", gateway)],
        limits: limits)
    }

    // MARK: Targets that do not answer

    @Test(arguments: [1, 2])
    func `a target that does not answer holds nobody up for long, and its jump host goes on`(connections: Int)
      async throws
    {
      let stuck = try StuckListener()
      let bounds = Gateways.Bounds(patience: .milliseconds(100), connections: connections)
      try await withServers { gateway, server in
        let hanging = endpoint(stuck.port, behind: gateway, server, Self.limits(connect: .seconds(2)))
        let honest = endpoint(server.port, behind: gateway, server)
        try await Station.withTransport([gateway, server]) {
          try await Station.with(bounds, $0) { transport in
            async let failure = Station.run("true", on: hanging, over: transport).failure
            await gateway.waitForLog("target 127.0.0.1 port \(stuck.port)")
            let clock = ContinuousClock()
            var outputs: [String] = []
            let took = await clock.measure { outputs = await GatewayTests.outputs(5, honest, over: transport) }
            #expect(outputs == (0..<5).map { "\($0)\n" })
            #expect(took < .seconds(connections == 1 ? 5 : 2))
            #expect(await failure?.reason == "no answer within 2s (connect)")
            #expect(await failure?.outcome == .unreachable)
            #expect(await failure?.gateway == nil)
            #expect(await GatewayTests.outputs(2, honest, over: transport) == ["0\n", "1\n"])
          }
        }
        #expect(gateway.logins == connections)
      }
    }

    @Test func `an answer that comes after it was given up ends nobody else's contact`() async throws {
      try await withServers { gateway, server in
        let stuck = try StuckListener()
        let hanging = endpoint(stuck.port, behind: gateway, server, Self.limits(connect: .seconds(1)))
        try await Station.withTransport([gateway, server]) {
          try await Station.with(Gateways.Bounds(connections: 1), $0) { transport in
            #expect(await Station.run("true", on: hanging, over: transport).failure?.outcome == .unreachable)
            // The kernel's next try comes through, and the jump host says so, with nobody there who asked.
            stuck.open()
            await gateway.waitForLog("connected to 127.0.0.1 port \(stuck.port)")
            let honest = endpoint(server.port, behind: gateway, server)
            #expect(await GatewayTests.outputs(3, honest, over: transport) == ["0\n", "1\n", "2\n"])
          }
        }
        // It may cross with the opening for the next one, which libssh2 takes it for: then that connection is left.
        #expect(gateway.logins <= 2)
      }
    }

    @Test func `nor does one that comes while another is waited for`() async throws {
      try await withServers { gateway, server in
        let first = try StuckListener()
        let second = try StuckListener()
        let hanging = [first, second].map {
          endpoint($0.port, behind: gateway, server, Self.limits(connect: .seconds(1)))
        }
        try await Station.withTransport([gateway, server]) {
          try await Station.with(Gateways.Bounds(connections: 1), $0) { transport in
            async let early = Station.run("true", on: hanging[0], over: transport).failure
            await gateway.waitForLog("target 127.0.0.1 port \(first.port)")
            async let late = Station.run("true", on: hanging[1], over: transport).failure
            await gateway.waitForLog("target 127.0.0.1 port \(second.port)")
            first.open()
            #expect(await early?.reason == "no answer within 1s (connect)")
            #expect(await late?.reason == "no answer within 1s (connect)")
            let honest = endpoint(server.port, behind: gateway, server)
            #expect(await GatewayTests.outputs(3, honest, over: transport) == ["0\n", "1\n", "2\n"])
          }
        }
        // Where libssh2 took the answer to the first opening for that to the second, the connection was left.
        #expect(gateway.logins <= 2)
      }
    }

    // MARK: Hostile terminals

    private static let banner = Array("SSH-2.0-fake\r\n".utf8)

    static let hostile: [(FakePeer.Act, Outcome)] = [
      (.repeatForever(first: [], Array("hello\r\n".utf8)), .hostile),
      (.repeatForever(first: banner, ServerGreetingTests.packet([99] + [UInt8](repeating: 0, count: 2000))), .hostile),
      (.say(banner), .timedOut), (.say([]), .timedOut), (.reset, .unreachable),
      (.sayAndClose(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), .unsupported),
    ]

    @Test func `hostile terminals behind a jump host end as they would elsewhere, and honest ones do not notice`()
      async throws
    {
      try await withServers { gateway, server in
        let honest = endpoint(server.port, behind: gateway, server)
        try await withPeers(Self.hostile.map(\.0)) { ports in
          try await Station.withTransport([gateway, server]) {
            try await Station.with(Gateways.Bounds(connections: 1), $0) { transport in
              let before = residentBytes()
              async let outputs = GatewayTests.outputs(20, honest, over: transport)
              let outcomes = await withTaskGroup(of: (Int, Outcome?).self) { group in
                for (index, port) in (ports + ports + ports).enumerated() {
                  let limits = Self.limits(connect: .seconds(10), login: .seconds(2))
                  let endpoint = endpoint(port, behind: gateway, server, limits)
                  group.addTask { (index, await Station.run("true", on: endpoint, over: transport).failure?.outcome) }
                }
                return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
              }
              #expect(outcomes == Self.hostile.map(\.1) + Self.hostile.map(\.1) + Self.hostile.map(\.1))
              #expect(await outputs == (0..<20).map { "\($0)\n" })
              #expect(residentBytes() - before < 32 * 1024 * 1024)
            }
          }
        }
        #expect(gateway.logins == 1)
      }
    }

    private func withPeers(_ acts: [FakePeer.Act], _ body: ([UInt16]) async throws -> Void) async throws {
      guard let first = acts.first else { return try await body([]) }
      try await FakePeer.with(first) { port in
        try await withPeers(Array(acts.dropFirst())) { try await body([port] + $0) }
      }
    }

    private func residentBytes() -> Int {
      let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
      return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
    }

    // MARK: Jump hosts that stop

    @Test func `a jump host that stops answering is lost, and the next contact has a new connection`() async throws {
      try await withServers { gateway, server in
        let endpoint = endpoint(server.port, behind: gateway, server)
        let lost = "gateway jump: lost (silent for 600ms)"
        try await Station.withTransport([gateway, server]) {
          try await Station.with(Gateways.Bounds(pulse: .milliseconds(200)), $0) { transport in
            let execution = try await transport.withSSHSession(on: endpoint) { session in
              async let running = session.run(command: "echo early; exec sleep 60", stdin: [])
              await server.waitForLog("Starting session: command")
              for child in gateway.children { kill(child, SIGSTOP) }
              return await running
            }
            #expect(execution.ending == .lost(lost))
            #expect(await GatewayTests.outputs(1, endpoint, over: transport) == ["0\n"])
          }
        }
      }
    }

    @Test func `a jump host that answers while its terminals are silent is not given up`() async throws {
      try await withServers { gateway, server in
        let endpoint = endpoint(server.port, behind: gateway, server)
        let execution = try await Station.withTransport([gateway, server]) {
          try await Station.with(Gateways.Bounds(pulse: .milliseconds(700)), $0) { transport in
            try await Station.run("sleep 3.5; echo late", on: endpoint, over: transport).get()
          }
        }
        #expect(execution.output == "late\n")
      }
    }

    // MARK: Cancellation

    /// Cancels a contact once `isThere` returns, and says how it ended.
    private func cancelled(
      _ endpoint: Endpoint, over transport: SSHTransport, once isThere: () async -> Void
    ) async -> Result<Execution, ContactFailure>? {
      await withTaskGroup(of: Result<Execution, ContactFailure>.self) { group in
        group.addTask { await Station.run("exec sleep 60", on: endpoint, over: transport) }
        await isThere()
        group.cancelAll()
        return await group.next()
      }
    }

    @Test func `a contact leaves at once wherever it is, and its jump host serves the others`() async throws {
      let stuck = try StuckListener()
      try await withServers { gateway, server in
        try await FakePeer.with(.say(Self.banner)) { silent in
          let clock = ContinuousClock()
          try await Station.withTransport([gateway, server]) {
            try await Station.with(Gateways.Bounds(connections: 1), $0) { transport in
              let took = await clock.measure {
                let hanging = endpoint(stuck.port, behind: gateway, server)
                let connecting = await cancelled(hanging, over: transport) {
                  await gateway.waitForLog("target 127.0.0.1 port \(stuck.port)")
                }
                #expect(connecting?.failure?.reason == "cancelled (connect)")

                let inKeyExchange = endpoint(silent, behind: gateway, server)
                let exchanging = await cancelled(inKeyExchange, over: transport) {
                  await gateway.waitForLog("connected to 127.0.0.1 port \(silent)")
                }
                #expect(exchanging?.failure?.reason.hasPrefix("cancelled (") == true)

                let honest = endpoint(server.port, behind: gateway, server)
                let running = await cancelled(honest, over: transport) {
                  await server.waitForLog("Starting session: command")
                }
                #expect((try? running?.get())?.ending == .lost("cancelled"))
                #expect(await GatewayTests.outputs(1, honest, over: transport) == ["0\n"])
              }
              #expect(took < .seconds(8))
            }
          }
          // An answer that crosses with the cancellation may cost a connection.
          #expect(gateway.logins <= 2)
        }
      }
    }

    @Test func `a contact that waits for a jump host or for its turn leaves at once`() async throws {
      let stuck = try StuckListener()
      try await withServers { gateway, server in
        let clock = ContinuousClock()
        try await FakePeer.with(.say([])) { silent in
          try await Station.withTransport([gateway, server]) {
            try await Station.with(Gateways.Bounds(connections: 1), $0) { transport in
              let took = await clock.measure {
                let nowhere = Station.endpoint(server, hops: [Station.hop("jump", gateway, port: silent)])
                let waiting = await cancelled(nowhere, over: transport) {}
                #expect(waiting?.failure?.reason == "cancelled (gateway)")
                let hanging = endpoint(stuck.port, behind: gateway, server)
                _ = await cancelled(hanging, over: transport) {
                  await gateway.waitForLog("target 127.0.0.1 port \(stuck.port)")
                  let behind = await cancelled(endpoint(server.port, behind: gateway, server), over: transport) {}
                  #expect(behind?.failure?.reason == "cancelled (gateway)")
                }
              }
              #expect(took < .seconds(4))
            }
          }
        }
      }
    }
  }
}
