import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// Scripts that somebody else wrote, over a real sshd: they must say there what they say by hand.
  @Suite struct ForeignChecksTests {
    private static let plugins = "/usr/lib/nagios/plugins"
    private static let hasPlugins = FileManager.default.fileExists(atPath: "\(plugins)/pmp-check-unix-memory")
    private static let hasDebsums = FileManager.default.isExecutableFile(atPath: "/usr/bin/debsums")

    /// In sh, bash, perl and python3; some lack what they need on most machines, and say so in as many ways.
    private static let names = [
      "check_cert_expire", "check_checksums", "check_chrony", "check_debsecan", "check_drbd", "check_etc_hosts",
      "check_libs", "check_lm_sensors", "check_multipath", "check_nfsmounts", "check_raid",
      "check_running_kernel", "check_ssl_cert", "check_statusfile", "check_uptime", "pmp-check-lvm-snapshots",
      "pmp-check-mysql-pidfile", "pmp-check-unix-memory",
    ]

    @Test(
      .enabled(if: hasPlugins, "the package monitoring-plugins-contrib is not installed"), .timeLimit(.minutes(4)))
    func `plugins of Debian say over ssh what they say by hand`() async throws {
      try await Fleet.with([.init(id: "one", site: "only", address: "127.95.0.1")], limits: [:]) { fleet in
        let (sources, checks) = (fleet.path("plugins"), fleet.path("foreign"))
        try FileManager.default.createDirectory(atPath: sources, withIntermediateDirectories: true)
        for name in Self.names {
          try FileManager.default.copyItem(atPath: "\(Self.plugins)/\(name)", toPath: "\(sources)/\(name)")
        }
        let imported = try await Program.tenken(["checks", "import", "nagios", sources, "--output", checks]).run()
        #expect(imported.status == 0, "\(imported.stdout)\(imported.stderr)")
        let answers = try await Self.answers(of: fleet, checks: checks)
        #expect(answers.count >= 15)
        var same = 0
        for answer in answers {
          if answer.result == "not-checked" {
            #expect(answer.message.hasPrefix("needs "), "\(answer)")
            continue
          }
          let expected = try await Self.byHand("\(Self.plugins)/\(answer.check)")
          #expect(answer.result == expected, "\(answer)")
          same += 1
        }
        #expect(same >= 10)
      }
    }

    @Test(.enabled(if: hasDebsums, "debsums is not installed"), .timeLimit(.minutes(6)))
    func `debsums as a check says over ssh what it says by hand`() async throws {
      try await Fleet.with([.init(id: "one", site: "only", address: "127.95.0.2")], limits: [:]) { fleet in
        let checks = fleet.path("foreign")
        try FileManager.default.createDirectory(atPath: "\(checks)/pkg.debsums", withIntermediateDirectories: true)
        let header = CheapChecks.header(
          "pkg.debsums", "Files are as their packages brought them", severity: "high", class: "integrity"
        )
        .replacing("timeout: 10s", with: "timeout: 300s").replacing(
          "cost: light", with: "cost: light\n#% protocol: exit0")
        // Some packages only: all of them take a minute and more.
        let command = "exec debsums -c coreutils bash passwd openssh-server\n"
        try (header + "#% requires: debsums\n\n" + command)
          .write(toFile: "\(checks)/pkg.debsums/check.sh", atomically: true, encoding: .utf8)
        let answers = try await Self.answers(of: fleet, checks: checks)
        let byHand = try await Program(path: "/bin/sh", arguments: ["-c", command]).run()
        #expect(answers.map(\.result) == [byHand.status == 0 ? "pass" : "fail"], "\(answers)")
      }
    }

    private static func answers(of fleet: Fleet, checks: String) async throws -> [ReportedTerminal.Answer] {
      let sweep = try await Program.tenken(
        ["sweep", "--inventory", fleet.inventory, "--state", fleet.state, "--checks", checks]).run()
      #expect([0, 1, 2, 3].contains(sweep.status), "\(sweep.stderr)")
      return try #require(try await fleet.report().first).answers
    }

    /// As the protocol has it: without a word on stdout nothing is known.
    private static func byHand(_ plugin: String) async throws -> String {
      let run = try await Program(
        path: "/usr/bin/env",
        arguments: [
          "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin", "LC_ALL=C", "HOME=/", plugin,
        ], directory: URL(filePath: "/")
      ).run()
      guard run.status < 4 else { return "error" }
      if run.stdout.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty { return "unknown" }
      if run.status == 0, run.stderr.contains("not found") { return "unknown" }
      return ["pass", "fail", "fail", "unknown"][Int(run.status)]
    }
  }
}
