import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// What a person is told when it is not the inventory that is wrong but what is around it, and with which status.
  @Suite struct BadCircumstanceTests {
    /// No terminal of it is ever contacted.
    private static let example = Program.repository.appending(path: "inventories/example").path

    @Test func `a private key that others may read is refused before anybody is contacted`() async throws {
      try await withTemporaryDirectory { directory in
        let key = try await Self.makeKey(in: directory, passphrase: "")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        let sweep = try await Self.sweep(in: directory, identity: key)
        #expect(sweep.status == 77)
        #expect(sweep.stderr.contains(key), "\(sweep.stderr)")
        #expect(sweep.stderr.contains("chmod 600"), "\(sweep.stderr)")
        try Self.expectNothingBegun(in: directory)
      }
    }

    @Test func `an encrypted private key with nobody to ask is refused, and the agent is named`() async throws {
      try await withTemporaryDirectory { directory in
        let key = try await Self.makeKey(in: directory, passphrase: "correct horse")
        let sweep = try await Self.sweep(in: directory, identity: key)
        #expect(sweep.status == 69)
        for part in [key, "encrypted", "ssh-add"] { #expect(sweep.stderr.contains(part), "\(sweep.stderr)") }
        try Self.expectNothingBegun(in: directory)
      }
    }

    @Test func `a private key that is not there is named`() async throws {
      try await withTemporaryDirectory { directory in
        let sweep = try await Self.sweep(in: directory, identity: "/nowhere/id_ed25519")
        #expect(sweep.status == 66)
        #expect(sweep.stderr.contains("/nowhere/id_ed25519"), "\(sweep.stderr)")
        try Self.expectNothingBegun(in: directory)
      }
    }

    @Test(arguments: ["", "/nowhere/agent.sock"])
    func `an agent that is not there is said to be missing`(socket: String) async throws {
      try await withTemporaryDirectory { directory in
        let fleet = directory.appending(path: "fleet").path
        try FileManager.default.copyItem(atPath: Self.example, toPath: fleet)
        let yaml = try String(contentsOfFile: fleet + "/fleet.yaml", encoding: .utf8)
        try yaml.replacingOccurrences(of: "identity: ~/.ssh/id_ed25519", with: "identity: agent")
          .write(toFile: fleet + "/fleet.yaml", atomically: true, encoding: .utf8)
        let sweep = try await Program.tenken(
          ["sweep", "--inventory", fleet, "--state", directory.path + "/state"],
          environment: ["SSH_AUTH_SOCK": socket]
        ).run()
        #expect(sweep.status == 69)
        #expect(sweep.stderr.contains("agent"), "\(sweep.stderr)")
        #expect(sweep.stderr.contains(socket.isEmpty ? "SSH_AUTH_SOCK" : socket), "\(sweep.stderr)")
        #expect(sweep.stderr.contains("ssh-add"), "\(sweep.stderr)")
        try Self.expectNothingBegun(in: directory)
      }
    }

    @Test func `a check without a script is named with its directory`() async throws {
      try await withTemporaryDirectory { directory in
        let checks = directory.appending(path: "checks").path
        try CheapChecks.write(to: checks)
        try FileManager.default.removeItem(atPath: checks + "/tell.name/check.sh")
        let list = try await Program.tenken(["checks", "list", "--checks", checks]).run()
        #expect(list.status == 65)
        #expect(list.stderr.contains("tell.name"), "\(list.stderr)")
        #expect(list.stderr.contains("check.sh"), "\(list.stderr)")
      }
    }

    /// /sys takes no directories, not even from root.
    @Test(arguments: ["/sys/tenken", "/proc/tenken"])
    func `a state directory that cannot be written to is named`(state: String) async throws {
      let sweep = try await Program.tenken(
        ["sweep", "--inventory", Self.example, "--transport", "rehearsal", "--state", state]).run()
      #expect([73, 77].contains(sweep.status))
      #expect(sweep.stderr.contains(state), "\(sweep.stderr)")
      #expect(sweep.stderr.contains("--state"), "\(sweep.stderr)")
    }

    @Test func `an unknown sweep is named, with the known ones; a finished one needs no resume`() async throws {
      try await withTemporaryDirectory { directory in
        try await Self.rehearse(in: directory)
        for command in ["status", "list", "report --output out", "resume", "show tyo-0001 --sweep"] {
          let words = command.split(separator: " ").map(String.init)
          let program = Program.tenken(words + ["no-such-sweep", "--state", directory.path + "/state"])
          let finished = try await program.run()
          #expect(finished.status == 66)
          #expect(finished.stderr.contains("no-such-sweep"), "\(finished.stderr)")
          #expect(finished.stderr.contains("Give one of these"), "\(finished.stderr)")
        }
        let resume = try await Program.tenken(["resume", "--state", directory.path + "/state"]).run()
        #expect(resume.status == 66)
        #expect(resume.stderr.contains("nothing to resume"), "\(resume.stderr)")
      }
    }

    // MARK: What they share

    private static func rehearse(in directory: URL) async throws {
      let sweep = try await Program.tenken(
        ["sweep", "--inventory", example, "--transport", "rehearsal", "--state", directory.path + "/state"]).run()
      #expect((0...3).contains(sweep.status), "\(sweep.stderr)")
    }

    private static func sweep(in directory: URL, identity: String) async throws -> Finished {
      try await Program.tenken(
        ["sweep", "--inventory", example, "--state", directory.path + "/state", "--identity", identity],
        environment: ["SSH_ASKPASS_REQUIRE": "never"]
      ).withoutTerminal.run()
    }

    private static func expectNothingBegun(in directory: URL) throws {
      #expect(!FileManager.default.fileExists(atPath: directory.path + "/state"))
    }

    private static func makeKey(in directory: URL, passphrase: String) async throws -> String {
      let key = directory.appending(path: "key").path
      _ = try await Program(
        path: "/usr/bin/ssh-keygen", arguments: ["-q", "-t", "ed25519", "-N", passphrase, "-f", key]
      ).run()
      return key
    }
  }
}
