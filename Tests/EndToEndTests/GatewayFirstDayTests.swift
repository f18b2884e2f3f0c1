import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// `tenken keyscan` and `tenken probe` of terminals behind a real jump host.
  @Suite(.enabled(if: OpenSSHServer.executable != nil, "openssh-server is not installed"), .timeLimit(.minutes(2)))
  struct GatewayFirstDayTests {
    /// Readiness and reason, by terminal.
    private func probe(_ offices: Offices) async throws -> [String: (word: String, why: String, dialled: String?)] {
      let probe = try await offices.tenken(
        ["probe", "--inventory", offices.inventory, "--checks", offices.directory + "/checks", "-o", "jsonl"]
      ).run()
      #expect(probe.status == 0, "\(probe.stderr)")
      var rows: [String: (String, String, String?)] = [:]
      for line in probe.stdout.split(separator: "\n") {
        let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        rows[try #require(row["terminal"] as? String)] = (
          try #require(row["readiness"] as? String), try #require(row["reason"] as? String), row["dialled"] as? String
        )
      }
      return rows
    }

    private func scan(_ offices: Offices) async throws -> (scan: Finished, lines: [String]) {
      let scan = try await offices.tenken(["keyscan", "--inventory", offices.inventory]).run()
      #expect(scan.status == 0, "\(scan.stderr)")
      return (scan, scan.stdout.split(separator: "\n").map(String.init))
    }

    private static func keys(_ lines: [String]) -> [Substring] {
      lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ")[3] }
    }

    @Test func `once the gateway's key is on record those behind it are scanned and probed through it`() async throws {
      try await Offices.with { offices in
        let gatewayKey = try offices.gateway.knownHosts()
        try offices.write(knownHosts: gatewayKey)
        let before = try await probe(offices)
        #expect(before.mapValues(\.word) == Offices.inspected.mapValues { _ in "host-key-unknown" })

        let (scan, lines) = try await scan(offices)
        #expect(Self.keys(lines).map(String.init) == Offices.bangkok + Offices.tokyo)
        #expect(lines.contains { $0.hasPrefix("# gateway:jump: on record already: ssh-ed25519 SHA256:") })
        #expect(!offices.server.log.contains("Accepted publickey"), "no terminal was logged in to")
        #expect(offices.gateway.log.contains("Accepted publickey"))

        try offices.write(knownHosts: gatewayKey + scan.stdout)
        let after = try await probe(offices)
        #expect(after.mapValues(\.word) == Offices.inspected.mapValues { _ in "ready" })
        #expect(Offices.bangkok.allSatisfy { after[$0]?.dialled?.hasSuffix(" via jump") == true })
        #expect(Offices.tokyo.allSatisfy { after[$0]?.dialled?.contains("via") == false })
      }
    }

    @Test func `a gateway without a key on record is scanned, logged in to by nobody, and told as what is missing`()
      async throws
    {
      try await Offices.with { offices in
        try offices.write(knownHosts: "")
        let (scan, lines) = try await scan(offices)
        #expect(lines.contains { $0.contains("\(offices.gateway.port) ssh-ed25519 ") && $0.contains(" gateway:jump ") })
        for terminal in Offices.bangkok {
          let line = try #require(lines.first { $0.hasPrefix("# \(terminal): no key: ") }, "\(scan.stdout)")
          #expect(line.contains("gateway jump: no host key on record"))
        }
        #expect(!offices.gateway.log.contains("Accepted publickey"))

        try offices.write(knownHosts: offices.terminalKeys())
        let rows = try await probe(offices)
        for terminal in Offices.bangkok {
          #expect(rows[terminal]?.word == "gateway")
          #expect(rows[terminal]?.why.contains("gateway jump: no host key on record") == true, "\(rows)")
        }
        for terminal in Offices.tokyo { #expect(rows[terminal]?.word == "ready") }
        #expect(!offices.gateway.log.contains("Accepted publickey"))

        // The second round of the first day.
        try offices.write(knownHosts: scan.stdout)
        let (_, second) = try await self.scan(offices)
        #expect(Self.keys(second).map(String.init) == Offices.bangkok)
      }
    }

    @Test func `a gateway that nobody answers at holds up nothing but what is behind it`() async throws {
      try await Offices.with { offices in
        await offices.gateway.stop()
        let (_, lines) = try await scan(offices)
        #expect(lines.contains("# gateway:jump: no key: unreachable: connection refused"))
        #expect(lines.count { $0.contains("no key: unreachable: gateway jump: connection refused") } == 3)
        let rows = try await probe(offices)
        #expect(Set(rows.filter { $1.word == "gateway" }.keys) == Set(Offices.bangkok))
        #expect(Set(rows.filter { $1.word == "ready" }.keys) == Set(Offices.tokyo))
      }
    }
  }
}
