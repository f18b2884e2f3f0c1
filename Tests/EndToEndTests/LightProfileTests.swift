import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// The checks that every sweep runs which names none, on this machine as it is, over a real sshd: as root, and as
  /// somebody who is nothing.
  @Suite(
    .enabled(if: OpenSSHServer.executable != nil, "openssh-server is not installed"),
    .enabled(if: PrivateMachine.obstacle == nil, "\(PrivateMachine.obstacle ?? "")"))
  struct LightProfileTests {
    private static let users = ["root": "127.48.0.1", "inspector": "127.48.0.2"]

    /// By user, the answers of the whole catalogue.
    private func answers(_ options: [String]) async throws -> [String: [ReportedTerminal.Answer]] {
      try await withTemporaryDirectory { directory in
        let key = directory.appending(path: "key").path
        try runTool("/usr/bin/ssh-keygen", ["-q", "-N", "", "-t", "ed25519", "-f", key])
        return try await withOpenSSHServer(Self.configuration(key)) { server in
          try Self.describe(directory, server, key)
          let sweep = try await Program.tenken(
            [
              "sweep", "--inventory", directory.path + "/inventory", "--checks",
              Program.repository.appending(path: "checks").path, "--state", directory.path + "/state", "--no-progress",
            ] + options
          ).run()
          #expect((0...3).contains(sweep.status), "\(sweep.stderr)")
          let output = directory.path + "/report"
          _ = try await Program.tenken(
            ["report", "--state", directory.path + "/state", "--output", output, "--format", "jsonl"]
          ).run()
          let terminals = try ReportedTerminal.all(inReport: output + "/report.jsonl")
          #expect(terminals.map(\.outcome) == ["inspected", "inspected"])
          return Dictionary(uniqueKeysWithValues: terminals.map { ($0.id, $0.answers) })
        }
      }
    }

    private static func configuration(_ key: String) throws -> OpenSSHServer.Configuration {
      var (configuration, machine) = (OpenSSHServer.Configuration(), PrivateMachine())
      configuration.addresses = users.values.sorted()
      machine.accounts = [.init("inspector", uid: 4799)]
      machine.files = [.init("/etc/ssh/keys-of-the-test", try String(contentsOfFile: key + ".pub", encoding: .utf8))]
      configuration.lines.append("AuthorizedKeysFile /etc/ssh/keys-of-the-test")
      configuration.machine = machine
      return configuration
    }

    private static func describe(_ directory: URL, _ server: OpenSSHServer, _ key: String) throws {
      let inventory = directory.appending(path: "inventory")
      var files = [
        "fleet.yaml": "name: here\ndefaults: {port: \(server.port)}\nlimits: {retries: 0}\ncredentials:\n"
          + users.keys.sorted().map { "  \($0): {user: \($0), identity: \"\(key)\"}\n" }.joined(),
        "sites.yaml": "sites:\n"
          + users.keys.sorted().map {
            "  of-\($0): {name: \($0), networks: [127.48.0.0/16], host-key-shared: true, defaults: {credential: \($0)}}\n"
          }.joined(),
        "known_hosts": try users.values.sorted().map { try server.knownHosts(for: $0) }.joined(),
      ]
      for (user, address) in users { files["terminals/of-\(user).csv"] = "id,address\n\(user),\(address)\n" }
      try FileManager.default.createDirectory(
        at: inventory.appending(path: "terminals"), withIntermediateDirectories: true)
      for (name, text) in files { try Data(text.utf8).write(to: inventory.appending(path: name)) }
    }

    /// A container has an empty record of logins, of which nobody can say whether it was emptied.
    private static func isAnswer(_ answer: ReportedTerminal.Answer) -> Bool {
      if answer.check == "log.wtmp", answer.result == "unknown" { return answer.message.hasPrefix("wtmp is empty") }
      return !["error", "unknown"].contains(answer.result)
    }

    private static let packaged = ["file.caps", "pam.stack", "pkg.verify-core", "ssh.binary", "suid.files"]

    @Test(.timeLimit(.minutes(6)))
    func `the light profile answers without an error, and says what it needs root for`() async throws {
      let answers = try await answers([])
      let (root, inspector) = (answers["root"] ?? [], answers["inspector"] ?? [])
      #expect(root.count >= 40 && root.map(\.check) == inspector.map(\.check))
      for answer in root + inspector { #expect(Self.isAnswer(answer), "\(answer)") }
      for answer in root where Self.packaged.contains(answer.check) { #expect(answer.result != "fail", "\(answer)") }
      #expect(!root.contains { $0.message.hasPrefix("needs root") })
      // Nobody has more reasons to pass than root has: what it could not see, it says.
      let seen = Dictionary(uniqueKeysWithValues: root.map { ($0.check, $0.result) })
      for answer in inspector where seen[answer.check] == "fail" { #expect(answer.result != "pass", "\(answer)") }
      let unseen = inspector.filter { $0.result == "not-checked" && seen[$0.check] != "not-checked" }
      #expect(unseen.count >= 5)
      for answer in unseen { #expect(answer.message.contains("needs"), "\(answer)") }
    }

    @Test(.timeLimit(.minutes(5)))
    func `a list of indicators is looked for on every terminal, and is kept with the sweep`() async throws {
      try await withTemporaryDirectory { directory in
        let planted = directory.appending(path: "planted-\(UUID().uuidString)")
        try Data("of the intruder".utf8).write(to: planted)
        let list = directory.appending(path: "case-7.txt")
        try Data("# handed over\nname:\(planted.lastPathComponent)\nip:203.0.113.77\n".utf8).write(to: list)
        let answers = try await answers(["--check", "kern.taint", "--ioc", list.path])
        let root = Dictionary(uniqueKeysWithValues: (answers["root"] ?? []).map { ($0.check, $0) })
        #expect(root.keys.sorted() == ["ioc.files", "ioc.network", "kern.taint"])
        #expect(root["ioc.files"]?.result == "fail" && root["ioc.network"]?.result != "fail", "\(root)")
        for answer in answers["inspector"] ?? [] where answer.check.hasPrefix("ioc") {
          #expect(answer.result == "not-checked" && answer.message.hasPrefix("needs root"), "\(answer)")
        }
      }
    }
  }
}
