import Foundation
import NIOCore
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  struct SSHTransportTests {
    private func withKey(_ body: (String) async throws -> Void) async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try OpenSSHServer.makeKey(key, "-t", "ed25519")
        try await body(key)
      }
    }

    @Test func `a refused port is unreachable, and the dialled address is told`() async throws {
      try await withKey { key in
        let port = try freePort()
        let failure = try await Station.withTransport(knownHosts: "", identities: [.file(key)]) { transport in
          await Station.run("true", on: Station.endpoint(port: port, identity: .file(key)), over: transport).failure
        }
        #expect(failure?.outcome == .unreachable)
        #expect(failure?.reason == "connection refused")
        #expect(failure?.evidence.dialled == "127.0.0.1:\(port)")
      }
    }

    @Test func `a name that is not known is unreachable`() async throws {
      try await withKey { key in
        let endpoint = Station.endpoint(port: 22, address: "no-such-host.invalid", identity: .file(key))
        let failure = try await Station.withTransport(knownHosts: "", identities: [.file(key)]) { transport in
          await Station.run("true", on: endpoint, over: transport).failure
        }
        #expect(failure?.outcome == .unreachable)
        #expect(
          failure?.reason.hasPrefix("name not found: no-such-host.invalid (") == true, "\(failure?.reason ?? "-")")
        #expect(failure?.evidence.dialled == nil)
      }
    }

    @Test func `a name is resolved, and what was dialled is told`() async throws {
      try await withOpenSSHServer { server in
        let endpoint = Station.endpoint(
          port: server.port, address: "localhost", identity: .file(server.clientKey))
        let lines = try server.knownHosts(for: "localhost")
        let evidence = try await Station.withTransport(server, knownHosts: lines) { transport in
          try await transport.withSession(on: endpoint) { session in session.evidence }
        }
        #expect(evidence.dialled == "127.0.0.1:\(server.port)")
        #expect(evidence.hostKey?.standing == .recorded)
        #expect(evidence.hostKey?.type == "ssh-ed25519")
      }
    }

    @Test func `an address that no network holds is not dialled`() async throws {
      try await withOpenSSHServer { server in
        let endpoint = Station.endpoint(port: server.port, identity: .file(server.clientKey), networks: [])
        let failure = try await Station.withTransport(server) { transport in
          await Station.run("true", on: endpoint, over: transport).failure
        }
        #expect(failure?.outcome == .unreachable)
        #expect(failure?.reason.hasPrefix("not dialled: 127.0.0.1 is a loopback address") == true)
        #expect(failure?.evidence.dialled == nil)
        #expect(!server.log.contains("Connection from"))
      }
    }

    @Test(arguments: [[], [Network(.v4(0), prefixLength: 0)], [Network(.v4(0x7F14_0000), prefixLength: 16)]])
    func `nor is a name that resolves to one`(networks: [Network]) async throws {
      try await withKey { key in
        let endpoint = Station.endpoint(
          port: try freePort(), address: "localhost", identity: .file(key), networks: networks)
        let failure = try await Station.withTransport(knownHosts: "", identities: [.file(key)]) { transport in
          await Station.run("true", on: endpoint, over: transport).failure
        }
        #expect(failure?.outcome == .unreachable)
        #expect(failure?.reason.hasPrefix("not dialled: ") == true, "\(failure?.reason ?? "-")")
        #expect(failure?.evidence.dialled == nil)
      }
    }

    @Test func `of several addresses only those are dialled that may be`() throws {
      let answer = try ["::1", "10.0.0.1", "::ffff:10.0.0.2", "169.254.169.254", "10.0.0.2"].map {
        try SocketAddress(ipAddress: $0, port: 22)
      }
      let all = try AddressPolicy([]).permitted(answer)
      #expect(all.map(\.ipAddress) == ["10.0.0.1", "::ffff:10.0.0.2", "10.0.0.2"])
      let one = try AddressPolicy([Network(.v4(0x0A00_0001), prefixLength: 32)]).permitted(answer)
      #expect(one.map(\.ipAddress) == ["10.0.0.1"])
      #expect(throws: Interruption.self) {
        try AddressPolicy([Network(.v4(0x0A00_0003), prefixLength: 32)]).permitted(answer)
      }
      let gateway = try AddressPolicy([Network(.v4(0x0A00_0003), prefixLength: 32)]).permitted(answer, forGateway: true)
      #expect(gateway.map(\.ipAddress) == ["10.0.0.1", "::ffff:10.0.0.2", "10.0.0.2"])
      #expect(try AddressPolicy([]).permitted([]).isEmpty)
    }

    @Test func `a hundred at once, and nothing is left open`() async throws {
      try await withOpenSSHServer { server in
        let endpoint = Station.endpoint(server)
        _ = try await contacts(1, endpoint, server)
        let before = openSockets()
        let outputs = try await contacts(100, endpoint, server)
        #expect(outputs == (0..<100).map { "\($0)\n" })
        #expect(openSockets() == before)
      }
    }

    private func contacts(_ count: Int, _ endpoint: Endpoint, _ server: OpenSSHServer) async throws -> [String] {
      try await Station.withTransport(server) { transport in
        await withTaskGroup(of: (Int, String).self) { group in
          for number in 0..<count {
            group.addTask {
              let result = await Station.run("echo \(number)", on: endpoint, over: transport)
              return (number, (try? result.get().output) ?? "\(result)")
            }
          }
          return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
      }
    }

    /// Of this process: other tests open pipes and files meanwhile.
    private func openSockets() -> Int {
      let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
      return descriptors.count { number in
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
        return target?.hasPrefix("socket:") == true
      }
    }

    @Test func `a cancelled task leaves its run at once`() async throws {
      try await withOpenSSHServer { server in
        let clock = ContinuousClock()
        try await Station.withTransport(server) { transport in
          let endpoint = Station.endpoint(server)
          let took = await clock.measure {
            await withTaskGroup(of: Result<Execution, ContactFailure>.self) { group in
              group.addTask { await Station.run("echo early; exec sleep 60", on: endpoint, over: transport) }
              await server.waitForLog("Starting session: command")
              group.cancelAll()
              guard case .success(let execution) = await group.next() else { return #expect(Bool(false)) }
              #expect(execution.ending == .lost("cancelled"))
            }
          }
          #expect(took < .seconds(5))
        }
      }
    }

    @Test func `a cancelled task leaves its connect and its login at once`() async throws {
      try await withKey { key in
        try await FakePeer.with(.say([])) { port in
          let endpoint = Station.endpoint(port: port, identity: .file(key))
          let clock = ContinuousClock()
          try await Station.withTransport(knownHosts: "", identities: [.file(key)]) { transport in
            let took = await clock.measure {
              await withTaskGroup(of: ContactFailure?.self) { group in
                for _ in 0..<50 { group.addTask { await Station.run("true", on: endpoint, over: transport).failure } }
                group.cancelAll()
                for await failure in group {
                  #expect(failure?.reason.hasPrefix("cancelled") == true, "\(failure?.reason ?? "-")")
                }
              }
            }
            #expect(took < .seconds(3))
          }
        }
      }
    }

    @Test func `a connection that is over is freed with everything it held`() async throws {
      try await withKey { key in
        try await FakePeer.with(.say(Array("SSH-2.0-x\r\n".utf8))) { port in
          var limits = Station.limits
          limits.loginTimeout = .milliseconds(200)
          let endpoint = Station.endpoint(port: port, identity: .file(key), limits: limits)
          weak var connection: SSHConnection?
          try await Station.withTransport(knownHosts: "", identities: [.file(key)]) { transport in
            let identity = try #require(transport.identities[.file(key)])
            let record = transport.knownHosts.record(host: "127.0.0.1", port: port)
            do {
              let made = SSHConnection(
                to: endpoint, record, by: transport.gateways, transport.resolver, on: transport.loop)
              connection = made
              await #expect(throws: ContactFailure.self) { try await made.logIn(as: identity) }
              await made.shutdown()
            }
            // What the loop still had to do with it is done before this.
            try await transport.loop.submit {}.get()
            try await transport.loop.submit {}.get()
          }
          #expect(connection == nil)
        }
      }
    }
  }
}
