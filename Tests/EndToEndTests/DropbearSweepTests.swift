import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// A real Dropbear, as kiosks have it, and an RSA key.
  @Suite(.enabled(if: DropbearServer.obstacle == nil, "\(DropbearServer.obstacle ?? "")"))
  struct DropbearSweepTests {
    @Test func `an RSA key logs in through the system's ssh, and no attempt is lost before`() async throws {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try runTool("/usr/bin/ssh-keygen", "-q", "-N", "", "-t", "rsa", "-b", "2048", "-f", key)
        try await withDropbear(keys: [String(contentsOfFile: key + ".pub", encoding: .utf8)]) { server in
          try describe(directory, server, key)
          let state = directory.appending(path: "state").path
          let sweep = try await Program.tenken(
            [
              "sweep", "--inventory", directory.path + "/inventory", "--checks", directory.path + "/checks",
              "--state", state, "--no-progress",
            ]
          ).run()
          let list = try await Program.tenken(
            ["list", "--state", state, "--select", "outcome:inspected", "-o", "ids"]).run()
          #expect(list.stdout == "kiosk-1\n", "\(sweep.stdout) \(sweep.stderr)")
          await server.waitForLog("Exit (kiosk)")
          #expect(server.log.components(separatedBy: "Child connection").count - 1 == 2)
          #expect(server.log.components(separatedBy: "Pubkey auth succeeded").count - 1 == 1)
          #expect(!server.log.contains("(user "))
        }
      }
    }

    private func describe(_ directory: URL, _ server: DropbearServer, _ key: String) throws {
      let inventory = directory.appending(path: "inventory")
      let files = [
        "fleet.yaml": """
        name: kiosks
        defaults: {port: \(server.port), credential: kiosk}
        credentials: {kiosk: {user: \(DropbearServer.account.name), identity: "\(key)"}}

        """,
        "sites.yaml": "sites:\n  hall: {name: Hall, networks: [127.0.0.0/8]}\n",
        "terminals/hall.csv": "id,address\nkiosk-1,127.0.0.1\n", "known_hosts": server.knownHosts,
      ]
      try FileManager.default.createDirectory(
        at: inventory.appending(path: "terminals"), withIntermediateDirectories: true)
      for (name, text) in files { try Data(text.utf8).write(to: inventory.appending(path: name)) }
      try CheapChecks.write(to: directory.path + "/checks")
    }
  }
}
