import Foundation
import TenkenHostileServer
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Terminals behind jump hosts, all of them real OpenSSH servers.
  struct GatewayTests {
    @Test func `a terminal behind a jump host is contacted through it`() async throws {
      try await withOpenSSHServer { gateway in
        try await withOpenSSHServer { server in
          let endpoint = Station.endpoint(server, hops: [Station.hop("jump", gateway)])
          try await Station.withTransport([gateway, server]) { transport in
            let execution = try await Station.run("cat; echo oops >&2", stdin: "in\n", on: endpoint, over: transport)
              .get()
            #expect(execution.output == "in\n")
            #expect(execution.errors == "oops\n")
            #expect(execution.ending == .closed(exitStatus: 0))
            let evidence = try await transport.withSession(on: endpoint) { $0.evidence }
            #expect(evidence.dialled == "127.0.0.1:\(server.port) via jump")
            let key = try #require(HostKey(line: try server.hostKey()))
            #expect(evidence.hostKey == HostKeyEvidence(key, .recorded))
          }
          #expect(gateway.logins == 1)
          #expect(server.logins == 2)
        }
      }
    }

    @Test func `a terminal behind two jump hosts is contacted through both`() async throws {
      try await withOpenSSHServer { outer in
        try await withOpenSSHServer { inner in
          try await withOpenSSHServer { server in
            let hops = [Station.hop("outer", outer), Station.hop("inner", inner)]
            let endpoint = Station.endpoint(server, hops: hops)
            try await Station.withTransport([outer, inner, server]) { transport in
              for _ in 0..<2 {
                let execution = try await Station.run("echo $SSH_CONNECTION", on: endpoint, over: transport).get()
                #expect(execution.output.hasSuffix(" \(server.port)\n"))
              }
              let evidence = try await transport.withSession(on: endpoint) { $0.evidence }
              #expect(evidence.dialled == "127.0.0.1:\(server.port) via outer, inner")
            }
            let logins = [outer, inner, server].map(\.logins)
            #expect(logins == [1, 1, 3])
          }
        }
      }
    }

    @Test func `sixty terminals at once share one connection to their jump host`() async throws {
      var configuration = OpenSSHServer.Configuration()
      // Tunnels are no sessions: this limit is not theirs.
      configuration.lines = ["MaxSessions 1"]
      try await withOpenSSHServer(configuration) { gateway in
        try await withOpenSSHServer { server in
          let endpoint = Station.endpoint(server, hops: [Station.hop("jump", gateway)])
          let outputs = try await Station.withTransport([gateway, server]) {
            try await Station.with(Gateways.Bounds(connections: 1), $0) { transport in
              await Self.outputs(60, endpoint, over: transport)
            }
          }
          #expect(outputs == (0..<60).map { "\($0)\n" })
          #expect(gateway.logins == 1)
          #expect(server.logins == 60)
        }
      }
    }

    @Test func `a megabyte of script and a megabyte of output do not wait for each other in a tunnel either`()
      async throws
    {
      var configuration = OpenSSHServer.Configuration()
      // New keys in the middle of it, many times.
      configuration.lines = ["RekeyLimit 256K"]
      let line = "echo 0123456789abcdef0123456789abcdef0123456789abcdef0123456789; echo e >&2\n"
      let count = 1_100_000 / line.utf8.count
      try await withOpenSSHServer(configuration) { gateway in
        try await withOpenSSHServer { server in
          let endpoint = Station.endpoint(server, hops: [Station.hop("jump", gateway)])
          let executions = try await Station.withTransport([gateway, server]) { transport in
            await withTaskGroup(of: Execution?.self) { group in
              for _ in 0..<3 {
                group.addTask {
                  try? await Station.run(
                    "sh", stdin: String(repeating: line, count: count), on: endpoint, over: transport
                  ).get()
                }
              }
              return await group.reduce(into: []) { $0.append($1) }
            }
          }
          for execution in executions {
            #expect(execution?.stdout.count == count * 59)
            #expect(execution?.stderr.count == count * 2)
            #expect(execution?.ending == .closed(exitStatus: 0))
          }
          #expect(gateway.logins == 1)
        }
      }
    }

    /// What so many contacts at once said, each its number.
    static func outputs(_ count: Int, _ endpoint: Endpoint, over transport: SSHTransport) async -> [String] {
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

    // MARK: A jump host that is lost

    @Test func `a jump host that drops ends its terminals, names itself, and is opened anew`() async throws {
      try await withOpenSSHServer { gateway in
        try await withOpenSSHServer { server in
          let endpoint = Station.endpoint(server, hops: [Station.hop("jump", gateway)])
          try await Station.withTransport([gateway, server]) { transport in
            let execution = try await transport.withSSHSession(on: endpoint) { session in
              async let running = session.run(command: "echo early; exec sleep 60", stdin: [])
              await server.waitForLog("Starting session: command")
              while server.children.count < 2 { await Task.yield() }
              for child in gateway.children { kill(child, SIGKILL) }
              return await running
            }
            guard case .lost(let reason) = execution.ending else { return #expect(Bool(false), "\(execution.ending)") }
            #expect(reason.hasPrefix("gateway jump: lost"), "\(reason)")
            #expect(try await Station.run("echo again", on: endpoint, over: transport).get().output == "again\n")
          }
          #expect(gateway.logins == 2)
        }
      }
    }

    @Test func `a jump host that is lost in a terminal's login does not cost that account another one`() async throws {
      try await withOpenSSHServer { gateway in
        let loseIt = HostileServer.Trick.perform(.login) { for child in gateway.children { kill(child, SIGKILL) } }
        try await HostileServer.with(loseIt) { port, hostKey in
          let endpoint = Station.endpoint(
            port: port, pinned: [hostKey], identity: .file(gateway.clientKey), hops: [Station.hop("jump", gateway)])
          let failure = try await Station.withTransport(gateway) {
            await Station.run("true", on: endpoint, over: $0).failure
          }
          #expect(failure?.reason.hasPrefix("gateway jump: lost") == true, "\(failure?.reason ?? "-")")
          #expect(failure?.didAuthenticate == true)
          #expect(failure?.gatewayFault == nil, "the attempt is the terminal's own, and counts")
        }
      }
    }

    // MARK: A jump host that cannot be had

    private func failure(
      _ hop: (OpenSSHServer) throws -> Hop, gatewayKnown: Bool = true, lines: [String] = [], keys: [String] = [],
      targetPort: UInt16? = nil
    ) async throws -> ContactFailure? {
      var configuration = OpenSSHServer.Configuration()
      configuration.lines = lines
      return try await withOpenSSHServer(configuration) { gateway in
        try await withOpenSSHServer { server in
          let endpoint = Station.endpoint(
            port: targetPort ?? server.port, user: server.user, identity: .file(server.clientKey),
            hops: [try hop(gateway)])
          let servers = gatewayKnown ? [gateway, server] : [server]
          let known = gatewayKnown ? "" : "[127.0.0.1]:\(gateway.port) \(HostKeyTests.strange)\n"
          let failure = try await Station.withTransport(servers, knownHosts: known, keys: keys + [gateway.clientKey]) {
            await Station.run("true", on: endpoint, over: $0).failure
          }
          #expect(server.logins == 0)
          return failure
        }
      }
    }

    @Test func `a jump host that nobody answers at is the reason, whatever terminal it was`() async throws {
      let failure = try await failure { Station.hop("jump", $0, port: try freePort()) }
      #expect(failure?.outcome == .unreachable)
      #expect(failure?.reason == "gateway jump: connection refused")
      #expect(failure?.gatewayFault == GatewayFault("jump", .unreachable, "connection refused"))
      #expect(failure?.evidence.dialled == nil)
    }

    @Test func `a jump host with another key is not used, and its key is not taken for the terminal's`() async throws {
      let failure = try await failure({ Station.hop("jump", $0) }, gatewayKnown: false)
      #expect(failure?.outcome == .unreachable)
      #expect(
        failure?.reason.hasPrefix("gateway jump: the host shows ssh-ed25519 ") == true, "\(failure?.reason ?? "-")")
      #expect(failure?.gateway == "jump")
      #expect(failure?.evidence.hostKey == nil)
      #expect(failure?.gatewayFault?.outcome == .hostKeyMismatch)
      #expect(failure?.gatewayFault?.hostKey?.standing == .mismatch)
      #expect(failure?.didAuthenticate == false)
    }

    @Test func `a jump host that refuses the login is the reason`() async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try OpenSSHServer.makeKey(key, "-t", "ed25519")
        let failure = try await failure({ Station.hop("jump", $0, key: key) }, keys: [key])
        #expect(failure?.outcome == .unreachable)
        #expect(
          failure?.reason.hasPrefix("gateway jump: the server refused user ") == true, "\(failure?.reason ?? "-")")
        #expect(failure?.gateway == "jump")
        #expect(failure?.gatewayFault?.outcome == .authFailed)
        #expect(failure?.gatewayFault?.hostKey?.standing == .recorded)
        #expect(failure?.didAuthenticate == true, "the server there counts it")
      }
    }

    @Test func `a terminal that refuses the jump host is unreachable, and that is its own fault`() async throws {
      let failure = try await failure({ Station.hop("jump", $0) }, targetPort: try freePort())
      #expect(failure?.outcome == .unreachable)
      #expect(failure?.reason == "not reached from gateway jump: channel open failure (connect failed)")
      #expect(failure?.gateway == nil)
      #expect(failure?.evidence.dialled?.hasSuffix(" via jump") == true)
    }

    @Test func `a jump host that forwards nothing says so`() async throws {
      let failure = try await failure({ Station.hop("jump", $0) }, lines: ["AllowTcpForwarding no"])
      #expect(failure?.outcome == .unreachable)
      #expect(failure?.reason == "not reached from gateway jump: channel open failure (administratively prohibited)")
      #expect(failure?.gateway == nil)
    }

    @Test func `of two jump hosts the one that fails is named`() async throws {
      try await withOpenSSHServer { outer in
        try await withOpenSSHServer { server in
          try await Station.withTransport([outer, server]) { transport in
            let missing = Station.hop("inner", outer, port: try freePort())
            for (hops, reason) in [
              ([Station.hop("outer", outer), missing], "gateway inner: not reached from gateway outer: channel open "),
              ([missing, Station.hop("outer", outer)], "gateway inner: connection refused"),
            ] {
              let failure = await Station.run("true", on: Station.endpoint(server, hops: hops), over: transport).failure
              #expect(failure?.reason.hasPrefix(reason) == true, "\(failure?.reason ?? "-")")
              #expect(failure?.gateway == "inner")
            }
          }
        }
      }
    }
  }
}

extension OpenSSHServer {
  /// How many have logged in until now.
  var logins: Int { log.components(separatedBy: "Accepted publickey").count - 1 }
}
