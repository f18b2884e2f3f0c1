import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// `tenken keyscan` and `tenken probe` on a fleet of which nearly every terminal has a trouble of its own.
  @Suite(.enabled(if: OpenSSHServer.executable != nil, "the package openssh-server is not installed"))
  struct FirstDayTroubleTests {
    private static let isRoot = getuid() == 0

    /// The rows of a probe, by terminal: readiness and reason.
    private func probe(_ day: FirstDay) async throws -> [String: (word: String, why: String)] {
      let probe = try await day.run(["probe", "--checks", day.checks, "-o", "jsonl"])
      #expect(probe.status == 0, "\(probe.stderr)")
      var rows: [String: (String, String)] = [:]
      for line in probe.stdout.split(separator: "\n") {
        let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let id = try #require(row["terminal"] as? String)
        rows[id] = (try #require(row["readiness"] as? String), try #require(row["reason"] as? String))
      }
      return rows
    }

    @Test(.enabled(if: isRoot, "only root's login can be ready for a check that needs root"), .timeLimit(.minutes(2)))
    func `a probe tells every trouble by its name`() async throws {
      try await FirstDay.with { day in
        let rows = try await probe(day)
        #expect(
          rows.mapValues(\.word) == [
            "ready": "ready", "no-key": "host-key-unknown", "other-key": "host-key-mismatch", "refused": "auth-failed",
            "no-shell": "unsupported", "fast-clock": "clock", "not-root": "no-root", "closed": "unreachable",
          ])
        #expect(rows["fast-clock"]?.why.wholeMatch(of: /ahead by 9[234]\.\d s \(±\d\.\d s\)/) != nil, "\(rows)")
        #expect(rows["no-shell"]?.why.contains("currently not available") == true)
        let text = try await day.run(["probe", "--checks", day.checks])
        #expect(text.stdout.contains("1 of 8 terminals is ready"))
        #expect(text.stdout.contains("tenken keyscan --inventory"))
      }
    }

    @Test(.timeLimit(.minutes(2)))
    func `what a scan prints, appended to known_hosts, makes the next probe know the terminal`() async throws {
      try await FirstDay.with { day in
        let before = try String(contentsOfFile: day.knownHostsFile, encoding: .utf8)
        let scan = try await day.run(["keyscan"])
        #expect(scan.status == 0)
        let lines = scan.stdout.split(separator: "\n").map(String.init)
        #expect(lines.dropFirst(3).count == FirstDay.trouble.count)
        #expect(lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ")[3] } == ["no-key"])
        #expect(lines.contains { $0.hasPrefix("# DIFFERENT other-key: the host shows ssh-ed25519 SHA256:") })
        #expect(lines.contains("# closed: no key: unreachable: connection refused"))
        #expect(scan.stderr.contains("DIFFERENT from what is on record"))
        #expect(!day.server.log.contains("Accepted publickey"))

        try day.write(before + scan.stdout, "fleet/known_hosts")
        let rows = try await probe(day)
        #expect(rows["no-key"]?.word == rows["ready"]?.word)
        #expect(rows["other-key"]?.word == "host-key-mismatch")
        let again = try await day.run(["keyscan"])
        #expect(again.stdout.split(separator: "\n").allSatisfy { $0.hasPrefix("#") })
        #expect(again.stderr.contains("Nothing new."))
      }
    }

    @Test(.timeLimit(.minutes(2)))
    func `a host that has an RSA key only is asked for it by the system's ssh, and can then be probed`() async throws {
      try await FirstDay.with(hostKeyTypes: ["rsa"]) { day in
        try day.write("", "fleet/known_hosts")
        let scan = try await day.run(["keyscan", "--select", "ready"])
        let line = try #require(scan.stdout.split(separator: "\n").last { !$0.hasPrefix("#") }, "\(scan.stdout)")
        #expect(line.split(separator: " ")[1] == "ssh-rsa")
        #expect(!day.server.log.contains("Accepted publickey"))
        try day.write(scan.stdout, "fleet/known_hosts")
        let rows = try await probe(day)
        #expect(rows["ready"]?.word == (Self.isRoot ? "ready" : "no-root"))
      }
    }

    @Test(.timeLimit(.minutes(1))) func `a scan needs no key that logs in`() async throws {
      try await FirstDay.with { day in
        try day.write(
          """
          name: first-day
          defaults: {port: \(day.server.port), credential: later}
          credentials: {later: {user: inspector, identity: "/nonexistent/key"}}

          """, "fleet/fleet.yaml")
        let scan = try await day.run(["keyscan", "--select", "no-key"])
        #expect(scan.status == 0)
        #expect(scan.stdout.split(separator: "\n").count == 4)
      }
    }
  }
}
