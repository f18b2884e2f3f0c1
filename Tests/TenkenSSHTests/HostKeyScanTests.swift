import Foundation
import Synchronization
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Against a real OpenSSH server, whose log shows that nobody tried to log in.
  struct HostKeyScanTests {
    private struct Scan: Sendable {
      let found: [ID<Terminal>: HostKey]
      let evidence: ContactEvidence
      let execution: Execution
    }

    private func scan(
      _ server: OpenSSHServer, knownHosts: String
    ) async throws -> Scan {
      let found = Mutex<[ID<Terminal>: HostKey]>([:])
      var random = SplitMix64(seed: 1)
      let program = RemoteProgram(nonce: Nonce(using: &random), factNonce: Nonce(using: &random), checks: [])
      // A credential that was never loaded: a scan needs none.
      let endpoint = Station.endpoint(port: server.port, identity: .agent)
      return try await Station.withTransport(server, knownHosts: knownHosts) { transport in
        let scanning = transport.scanning { terminal, key in found.withLock { $0[terminal] = key } }
        let (evidence, execution) = try await scanning.withSession(on: endpoint) { session in
          (session.evidence, await session.execute(program))
        }
        let frames = FrameCodec.decode(
          stdout: execution.stdout, stderr: execution.stderr, nonce: program.nonce, expecting: [])
        #expect(frames.isComplete)
        return Scan(found: found.withLock { $0 }, evidence: evidence, execution: execution)
      }
    }

    private func withServer(
      _ types: [String], _ body: (OpenSSHServer) async throws -> Void
    ) async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.hostKeyTypes = types
      configuration.logLevel = "DEBUG1"
      try await withOpenSSHServer(configuration) { server in
        try await body(server)
        await server.waitForLog("do_cleanup")
        #expect(!server.log.contains("userauth-request"))
      }
    }

    @Test func `the best key that the host has is found, and nobody logs in`() async throws {
      try await withServer(["ecdsa", "ed25519"]) { server in
        let scan = try await scan(server, knownHosts: "")
        let key = try #require(HostKey(line: server.hostKey()))
        #expect(scan.found == ["t1": key])
        #expect(scan.evidence.hostKey == HostKeyEvidence(key, .unknown))
        #expect(scan.evidence.dialled == "127.0.0.1:\(server.port)")
        #expect(scan.execution.ending == .closed(exitStatus: 0))
      }
    }

    @Test func `what is on record restricts nothing, and the evidence says how the key stands to it`() async throws {
      try await withServer(["ecdsa"]) { server in
        let line = "[127.0.0.1]:\(server.port) \(HostKeyTests.strange)\n"
        let scan = try await scan(server, knownHosts: line)
        #expect(scan.found.values.map(\.type) == ["ecdsa-sha2-nistp256"])
        #expect(scan.evidence.hostKey?.standing == .mismatch)
      }
      try await withServer(["ed25519"]) { server in
        let scan = try await scan(server, knownHosts: server.knownHosts())
        #expect(scan.evidence.hostKey?.standing == .recorded)
      }
    }

    @Test func `of a host with several keys the one is found that is on record`() async throws {
      try await withServer(["ed25519", "ecdsa"]) { server in
        let line = "[127.0.0.1]:\(server.port) \(try server.hostKey("ecdsa"))\n"
        let scan = try await scan(server, knownHosts: line)
        #expect(scan.evidence.hostKey?.standing == .recorded)
        #expect(scan.evidence.hostKey?.type == "ecdsa-sha2-nistp256")
      }
    }

    @Test func `a host that does not answer fails as every contact does`() async throws {
      try await withOpenSSHServer { server in
        let endpoint = Station.endpoint(port: try freePort(), identity: .agent)
        try await Station.withTransport(server) { transport in
          let scanning = transport.scanning { _, _ in Issue.record("nothing can be found") }
          do throws(ContactFailure) {
            try await scanning.withSession(on: endpoint) { _ in }
            Issue.record("nobody listens")
          } catch {
            #expect(error.outcome == .unreachable)
            #expect(error.reason == "connection refused")
          }
        }
      }
    }

    @Test func `a scan runs no checks`() async throws {
      try await withServer(["ed25519"]) { server in
        let found = try await Station.withTransport(server) { transport in
          try await transport.scanning { _, _ in }.withSession(on: Station.endpoint(server)) { session in
            var random = SplitMix64(seed: 1)
            let nonce = Nonce(using: &random)
            return await session.execute(RemoteProgram(nonce: nonce, factNonce: nonce, checks: [.sample("a.b")]))
          }
        }
        #expect(found.ending == .refused("a scan for host keys runs no checks"))
      }
    }
  }
}

extension HostKey {
  /// `TYPE BASE64`, as it stands in known_hosts.
  init?(line: String) {
    let words = line.split(separator: " ")
    guard words.count >= 2 else { return nil }
    self.init(type: words[0], base64: words[1])
  }
}
