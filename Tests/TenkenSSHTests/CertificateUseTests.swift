import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenSSH

extension OverSockets {
  /// A certificate that logs nobody in is said before anything is contacted.
  struct CertificateUseTests {
    /// 2026-11-24T00:00:00Z
    private static let now = Timestamp(milliseconds: 1_795_478_400_000)

    private func failure(_ identity: Credential.Identity, agent: SSHAgent? = nil) async -> Failure? {
      do {
        try await Station.withTransport(
          knownHosts: "", identities: [identity], environment: agent.map { ["SSH_AUTH_SOCK": $0.socket] } ?? [:],
          now: Self.now
        ) { _ in }
        return nil
      } catch {
        return error as? Failure
      }
    }

    private func withKey(
      _ options: [String] = ["-t", "ecdsa"], certified: [String] = [], _ body: (SSHKey) async throws -> Void
    ) async throws {
      try await withTemporaryDirectory { directory in
        let key = try SSHKey("key", in: directory, options)
        try key.certify(by: try SSHKey("authority", in: directory), certified)
        try await body(key)
      }
    }

    @Test(arguments: [["-t", "ed25519"], ["-t", "rsa", "-b", "2048"]])
    func `a certificate of another kind of key is refused with the ways out`(options: [String]) async throws {
      try await withKey(options) { key in
        let failure = await failure(.file(key.path))
        #expect(failure?.code == .badInput)
        #expect(failure?.what == "the certificate \(key.certificate) cannot be used by Tenken's own SSH")
        for way in ["ECDSA key", "`transport: openssh`", "no certificate beside it"] {
          #expect(failure?.next.contains(way) == true)
        }
        try await withSSHAgent(keys: [key.path]) { agent in
          #expect(await self.failure(.agent, agent: agent)?.what.contains("in the ssh-agent cannot be used") == true)
          #expect(await self.failure(.file(key.path + ".pub"), agent: agent) == nil)
        }
      }
    }

    @Test(arguments: [
      ("20200101:20210101", "has expired", "it was valid until "),
      ("20300101:20310101", "is not valid yet", "it is valid from "),
    ])
    func `a certificate out of its time is refused with that time`(
      validity: String, what: String, why: String
    ) async throws {
      try await withKey(certified: ["-V", validity]) { key in
        let failure = await failure(.file(key.path))
        #expect(failure?.code == .badInput)
        #expect(failure?.what == "the certificate \(key.certificate) \(what)")
        #expect(failure?.why.hasPrefix(why) == true)
        #expect(failure?.why.hasSuffix(" UTC (credential default of the inventory)") == true, "\(failure?.why ?? "-")")
        try await withSSHAgent(keys: [key.path]) { agent in
          #expect(
            await self.failure(.agent, agent: agent)?.what == #"the certificate "a name" in the ssh-agent \#(what)"#)
        }
      }
    }

    @Test func `the first second is in a certificate's time, its last is not`() async throws {
      let second = Self.now.milliseconds / 1000
      try await withKey(certified: ["-V", "0x\(String(second, radix: 16)):0x\(String(second + 3600, radix: 16))"]) {
        key in
        #expect(await failure(.file(key.path)) == nil)
      }
      try await withKey(certified: ["-V", "0x1:0x\(String(second, radix: 16))"]) { key in
        #expect(await failure(.file(key.path))?.what.hasSuffix("has expired") == true)
      }
    }

    @Test func `a certificate that ends within a day is used, with a word`() async throws {
      let second = Self.now.milliseconds / 1000
      try await withKey(certified: ["-V", "0x1:0x\(String(second + 3600, radix: 16))"]) { key in
        let notes = try await Station.withTransport(
          knownHosts: "", identities: [.file(key.path)], now: Self.now
        ) { $0.notes }
        #expect(notes.count == 1)
        #expect(notes.first?.contains("is valid until 2026-11-24 01:00:00 UTC only") == true, "\(notes)")
      }
    }

    @Test func `a host's certificate, one of another key and one that cannot be read are refused`() async throws {
      try await withKey(certified: ["-h"]) { key in
        #expect(await failure(.file(key.path))?.what == "the certificate \(key.certificate) logs nobody in")
        try "nonsense\n".write(toFile: key.certificate, atomically: true, encoding: .utf8)
        #expect(
          await failure(.file(key.path))?.what == "\(key.certificate) is no certificate that can be read")
      }
      try await withKey { key in
        try await withKey { other in
          try FileManager.default.removeItem(atPath: key.certificate)
          try FileManager.default.copyItem(atPath: other.certificate, toPath: key.certificate)
          let failure = await failure(.file(key.path))
          #expect(failure?.code == .badInput)
          #expect(failure?.what == "the certificate \(key.certificate) is for another key than \(key.path)")
        }
      }
    }

    @Test func `of two certificates in an agent the one that is valid is used`() async throws {
      try await withTemporaryDirectory { directory in
        let key = try SSHKey("key", in: directory, ["-t", "ecdsa"])
        let authority = try SSHKey("authority", in: directory)
        try key.certify(by: authority, ["-V", "20200101:20210101"])
        try await withSSHAgent(keys: [key.path]) { agent in
          #expect(await failure(.agent, agent: agent)?.what.hasSuffix("has expired") == true)
          try key.certify(by: authority, ["-V", "20200101:20400101"])
          try runTool("/usr/bin/ssh-add", ["-q", key.path], environment: ["SSH_AUTH_SOCK": agent.socket])
          #expect(await failure(.agent, agent: agent) == nil)
        }
      }
    }
  }
}
