import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// A server that libssh2 1.10 does not speak to, in a site that says nothing of it and in one that asks for ssh(1).
  @Suite(.disabled(if: OpenSSHServer.executable == nil, "openssh-server is not installed"))
  struct BothClientsTests {
    private static func withFleet(_ body: (String, String) async throws -> Void) async throws {
      var configuration = OpenSSHServer.Configuration()
      configuration.addresses = ["0.0.0.0"]
      configuration.lines = ["Ciphers aes128-ctr", "MACs hmac-sha2-256-etm@openssh.com"]
      try await withOpenSSHServer(configuration) { server in
        let inventory = server.directory.appending(path: "inventory")
        let files = [
          "fleet.yaml": """
          name: both
          defaults: {port: \(server.port), credential: inspection}
          credentials: {inspection: {user: \(server.user), identity: "\(server.clientKey)"}}

          """,
          "sites.yaml": """
          sites:
            plain: {name: Plain, networks: [127.0.0.0/8]}
            asking: {name: Asking, networks: [127.0.0.0/8], transport: openssh}

          """,
          "terminals/plain.csv": "id,address\nplain-1,127.0.0.1\n",
          "terminals/asking.csv": "id,address\nasking-1,127.0.0.2\n",
          "known_hosts": try server.knownHosts() + server.knownHosts(for: "127.0.0.2"),
        ]
        try FileManager.default.createDirectory(
          at: inventory.appending(path: "terminals"), withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: inventory.appending(path: name)) }
        try CheapChecks.write(to: server.directory.path + "/checks")
        try await body(server.directory.path, inventory.path)
      }
    }

    private static func sweep(
      _ directory: String, _ options: [String] = [], environment: [String: String] = [:]
    ) async throws -> (Finished, [ReportedTerminal]) {
      let state = directory + "/state-\(options.count)-\(environment.count)"
      let finished = try await Program.tenken(
        ["sweep", "--inventory", directory + "/inventory", "--state", state, "--checks", directory + "/checks"]
          + options, environment: environment
      ).run()
      let output = state + ".report"
      let report = try await Program.tenken(
        ["report", "--state", state, "--output", output, "--format", "jsonl"]).run()
      return (finished, report.status == 0 ? try ReportedTerminal.all(inReport: output + "/report.jsonl") : [])
    }

    @Test func `each terminal is inspected through the client that speaks to it`() async throws {
      try await Self.withFleet { directory, _ in
        let (_, terminals) = try await Self.sweep(directory)
        #expect(
          Dictionary(uniqueKeysWithValues: terminals.map { ($0.id, $0.outcome) })
            == ["plain-1": "inspected", "asking-1": "inspected"])
        #expect(terminals.first { $0.id == "asking-1" }?.attempts == 1)
        let (_, all) = try await Self.sweep(directory, ["--transport", "openssh"])
        #expect(all.map(\.outcome) == ["inspected", "inspected"])
        #expect(all.map(\.attempts) == [1, 1])
      }
    }

    @Test func `where there is no ssh(1), whoever asks for it is told beforehand, and the others are unsupported`()
      async throws
    {
      try await Self.withFleet { directory, inventory in
        let nowhere = ["PATH": "/nowhere"]
        for options in [[], ["--transport", "openssh"]] {
          let (finished, terminals) = try await Self.sweep(directory, options, environment: nowhere)
          #expect(finished.status == 69)
          #expect(finished.stderr.contains("there is no ssh on this station"), "\(finished.stderr)")
          #expect(terminals.isEmpty)
        }
        try FileManager.default.removeItem(atPath: inventory + "/terminals/asking.csv")
        let sites = try String(contentsOfFile: inventory + "/sites.yaml", encoding: .utf8)
        try sites.split(separator: "\n").filter { !$0.contains("asking") }.joined(separator: "\n")
          .write(toFile: inventory + "/sites.yaml", atomically: true, encoding: .utf8)
        let (finished, terminals) = try await Self.sweep(directory, ["--name", "alone"], environment: nowhere)
        #expect(finished.status == 2)
        #expect(terminals.map(\.outcome) == ["unsupported"], "\(finished.stderr)")
      }
    }

    @Test func `a ssh_config is honoured only where ssh(1) may speak`() async throws {
      try await Self.withFleet { directory, _ in
        let config = directory + "/ssh_config"
        try Data("Host *\n  MACs hmac-sha2-512\n".utf8).write(to: URL(filePath: config))
        let (_, terminals) = try await Self.sweep(directory, ["--transport", "openssh", "--ssh-config", config])
        #expect(terminals.map(\.outcome) == ["unsupported", "unsupported"])
        let (local, _) = try await Self.sweep(
          directory, ["--transport", "local", "--ssh-config", config, "--no-progress"])
        #expect(local.status == 64)
      }
    }
  }
}
