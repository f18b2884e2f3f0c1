import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// A sweep of sites that are logged in to as other users and with other keys, on a real server that lets each user in
  /// at the address of its own site only.
  @Suite(
    .enabled(if: OpenSSHServer.executable != nil, "openssh-server is not installed"),
    .enabled(if: PrivateMachine.obstacle == nil, "\(PrivateMachine.obstacle ?? "")"))
  struct SiteCredentialTests {
    private struct Place {
      let site: String
      let address: String
      let keyOptions: [String]
      let uid: Int
    }

    private static let places = [
      Place(site: "bangkok", address: "127.47.0.1", keyOptions: ["-t", "ed25519"], uid: 4711),
      Place(site: "tokyo", address: "127.47.0.2", keyOptions: ["-t", "ecdsa", "-m", "PEM"], uid: 4712),
      Place(site: "jakarta", address: "127.47.0.3", keyOptions: ["-t", "rsa", "-b", "2048"], uid: 4713),
    ]

    /// Lends the directory of the fleet, and the server.
    private func withFleet(_ body: (URL, OpenSSHServer) async throws -> Void) async throws {
      try await withTemporaryDirectory { directory in
        for place in Self.places {
          let key = directory.appending(path: place.site).path
          try runTool("/usr/bin/ssh-keygen", ["-q", "-N", "", "-f", key] + place.keyOptions)
        }
        try await withOpenSSHServer(Self.configuration(directory)) { server in
          try CheapChecks.write(to: directory.path + "/checks")
          try await body(directory, server)
        }
      }
    }

    private static func configuration(_ directory: URL) throws -> OpenSSHServer.Configuration {
      var (configuration, machine) = (OpenSSHServer.Configuration(), PrivateMachine())
      configuration.addresses = places.map(\.address)
      for place in places {
        let keys = "/etc/ssh/keys-\(place.site)"
        let line = try String(contentsOf: directory.appending(path: place.site + ".pub"), encoding: .utf8)
        machine.accounts.append(.init(place.site, uid: place.uid))
        machine.files.append(.init(keys, line))
        configuration.lines += [
          "Match LocalAddress \(place.address)", "AllowUsers \(place.site)", "AuthorizedKeysFile \(keys)",
        ]
      }
      configuration.lines.append("Match all")
      configuration.machine = machine
      return configuration
    }

    /// - Parameter credential: which one each site is given. The key of Jakarta is the agent's.
    private func describe(_ directory: URL, _ server: OpenSSHServer, credential: [String: String]) throws {
      let inventory = directory.appending(path: "inventory")
      let identities = Self.places.map { place in
        let identity = place.site == "jakarta" ? "agent" : directory.appending(path: place.site).path
        return "  of-\(place.site): {user: \(place.site), identity: \"\(identity)\"}\n"
      }
      let sites = Self.places.map { place in
        "  \(place.site): {name: \(place.site), networks: [127.47.0.0/16], host-key-shared: true, "
          + "defaults: {credential: of-\(credential[place.site] ?? "")}}\n"
      }
      var files = [
        "fleet.yaml": "name: places\ndefaults: {port: \(server.port)}\nlimits: {retries: 0}\ncredentials:\n"
          + identities.joined(),
        "sites.yaml": "sites:\n" + sites.joined(),
        "known_hosts": try Self.places.map { try server.knownHosts(for: $0.address) }.joined(),
      ]
      for place in Self.places {
        files["terminals/\(place.site).csv"] = "id,address\nat-\(place.site),\(place.address)\n"
      }
      try FileManager.default.createDirectory(
        at: inventory.appending(path: "terminals"), withIntermediateDirectories: true)
      for (name, text) in files { try Data(text.utf8).write(to: inventory.appending(path: name)) }
    }

    private func outcomes(
      _ directory: URL, _ agent: SSHAgent, state: String, transport: String
    ) async throws -> [String: String] {
      let state = directory.appending(path: state).path
      let sweep = try await Program.tenken(
        [
          "sweep", "--inventory", directory.path + "/inventory", "--checks", directory.path + "/checks",
          "--state", state, "--transport", transport, "--no-progress",
        ], environment: ["SSH_AUTH_SOCK": agent.socket]
      ).run()
      let report = try await Program.tenken(
        ["report", "--state", state, "--output", state + ".report", "--format", "jsonl"]).run()
      #expect(report.status == 0, "\(sweep.stderr)")
      let terminals = try ReportedTerminal.all(inReport: state + ".report/report.jsonl")
      #expect(terminals.allSatisfy { $0.attempts == 1 })
      return Dictionary(uniqueKeysWithValues: terminals.map { ($0.id, $0.outcome) })
    }

    @Test(arguments: ["ssh", "openssh"])
    func `each site is logged in to as its own user with its own key`(transport: String) async throws {
      try await withFleet { directory, server in
        try await withSSHAgent(keys: [directory.appending(path: "jakarta").path]) { agent in
          let names = Self.places.map(\.site)
          try describe(directory, server, credential: Dictionary(uniqueKeysWithValues: zip(names, names)))
          #expect(
            try await outcomes(directory, agent, state: "own", transport: transport)
              == ["at-bangkok": "inspected", "at-tokyo": "inspected", "at-jakarta": "inspected"])
          for name in names { #expect(server.log.contains("Accepted publickey for \(name) from ")) }
          // With each other's none gets in: it was not the server that let everybody in.
          let others = Dictionary(uniqueKeysWithValues: zip(names, names.dropFirst() + names.prefix(1)))
          try describe(directory, server, credential: others)
          #expect(
            try await outcomes(directory, agent, state: "others", transport: transport)
              == ["at-bangkok": "auth-failed", "at-tokyo": "auth-failed", "at-jakarta": "auth-failed"])
        }
      }
    }
  }
}
