import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// Host keys that are taken on first sight, shown by real OpenSSH servers.
  struct NewHostKeysTests {
    private static let strange = HostKeyTests.strange

    /// What became of contacts with the terminal `t1`, one after the other, in which each of the servers answers.
    private func contact(
      _ servers: [OpenSSHServer], knownHosts: String = "", newKeys: NewHostKeys? = NewHostKeys(),
      hops: [Hop] = [], keys: [String] = []
    ) async throws -> [Result<ContactEvidence, ContactFailure>] {
      try await Station.withTransport(
        knownHosts: knownHosts, newKeys: newKeys, identities: (servers.map(\.clientKey) + keys).map { .file($0) }
      ) { transport in
        var results: [Result<ContactEvidence, ContactFailure>] = []
        for server in servers {
          do throws(ContactFailure) {
            let endpoint = Station.endpoint(server, hops: hops)
            results.append(.success(try await transport.withSession(on: endpoint) { $0.evidence }))
          } catch {
            results.append(.failure(error))
          }
        }
        return results
      }
    }

    private func failure(_ result: Result<ContactEvidence, ContactFailure>?) -> ContactFailure? {
      if case .failure(let failure) = result { failure } else { nil }
    }

    @Test func `a key that is not on record is taken when that is asked for, and stays unproven`() async throws {
      try await withOpenSSHServer { server in
        let newKeys = NewHostKeys()
        let results = try await contact([server, server], newKeys: newKeys)
        let key = try #require(HostKey(line: try server.hostKey()))
        for result in results {
          #expect(try result.get().hostKey == HostKeyEvidence(key, .unknown), "\(result)")
        }
        #expect(server.logins == 2)
        #expect(newKeys.accepts(key, of: "t1"))
        let without = try await contact([server], newKeys: nil)
        #expect(failure(without.first)?.outcome == .hostKeyUnknown)
        #expect(server.logins == 2)
      }
    }

    @Test func `the key that a terminal showed first is the only one that it may show again`() async throws {
      try await withOpenSSHServer { first in
        try await withOpenSSHServer { second in
          let results = try await contact([first, second, first])
          #expect(failure(results[0]) == nil && failure(results[2]) == nil)
          let refused = failure(results[1])
          let shown = try #require(HostKey(line: try second.hostKey()))
          #expect(refused?.outcome == .hostKeyMismatch)
          #expect(refused?.evidence.hostKey == HostKeyEvidence(shown, .mismatch))
          let reason = "the host shows ssh-ed25519 \(shown.fingerprint), another key than it showed before"
          #expect(refused?.reason == reason)
          #expect(refused?.didAuthenticate == false)
          #expect(first.logins == 2)
          #expect(second.logins == 0 && !second.log.contains("Failed"))
        }
      }
    }

    @Test func `a key that an earlier run took counts as shown before`() async throws {
      try await withOpenSSHServer { server in
        let newKeys = NewHostKeys()
        newKeys.remember(["t1": try #require(HostKey(line: Self.strange)).fingerprint])
        #expect(failure(try await contact([server], newKeys: newKeys).first)?.outcome == .hostKeyMismatch)
        let other = NewHostKeys()
        other.remember(["t2": try #require(HostKey(line: Self.strange)).fingerprint])
        #expect(failure(try await contact([server], newKeys: other).first) == nil)
        #expect(server.logins == 1)
      }
    }

    @Test func `what is on record is not overruled by taking new keys`() async throws {
      try await withOpenSSHServer { server in
        let other = "[127.0.0.1]:\(server.port) \(Self.strange)\n"
        let revoked = "@revoked * \(try server.hostKey())\n"
        for (lines, standing) in [(other, HostKeyEvidence.Standing.mismatch), (revoked, .revoked)] {
          let refused = failure(try await contact([server], knownHosts: lines).first)
          #expect(refused?.outcome == .hostKeyMismatch)
          #expect(refused?.evidence.hostKey?.standing == standing)
        }
        #expect(server.logins == 0)
        let recorded = try await contact([server], knownHosts: try server.knownHosts())
        #expect(try recorded[0].get().hostKey?.standing == .recorded)
      }
    }

    @Test func `a jump host's key is not taken, since all that is behind it would be its word`() async throws {
      try await withOpenSSHServer { gateway in
        try await withOpenSSHServer { server in
          let hops = [Station.hop("jump", gateway)]
          let refused = failure(try await contact([server], hops: hops, keys: [gateway.clientKey]).first)
          #expect(refused?.gatewayFault?.outcome == .hostKeyUnknown)
          #expect(gateway.logins == 0 && server.logins == 0)
          let through = try await contact(
            [server], knownHosts: try gateway.knownHosts(), hops: hops, keys: [gateway.clientKey])
          #expect(try through[0].get().hostKey?.standing == .unknown)
          #expect(gateway.logins == 1 && server.logins == 1)
        }
      }
    }
  }
}
