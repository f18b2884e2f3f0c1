import Foundation
import TenkenTestSupport
import Testing

extension EndToEndTests {
  /// Sweeps with a key that has a passphrase: asked for once, kept by an agent that ends with Tenken.
  @Suite(.timeLimit(.minutes(5))) struct EncryptedKeyTests {
    private static func terminals(_ behaviours: [String]) -> [Fleet.Terminal] {
      behaviours.enumerated().map { number, behaviour in
        Fleet.Terminal(
          id: "enc-\(number)", site: "only", address: "127.92.0.\(number + 1)", behaviour: behaviour)
      }
    }

    private static func with(
      _ behaviours: [String], _ body: (Fleet, LockedKey) async throws -> Void
    ) async throws {
      try await Fleet.with(terminals(behaviours), limits: ["concurrency": "4", "retries": "0", "login-timeout": "5s"]) {
        fleet in
        try await body(fleet, try LockedKey(of: fleet))
      }
    }

    private static func run(_ program: Program, _ environment: [String: String]) async throws -> Finished {
      var program = program
      program.environment = environment
      return try await program.run()
    }

    @Test func `the passphrase is asked for once for many contacts, and is found nowhere afterwards`() async throws {
      try await Self.with(Array(repeating: "answers", count: 12)) { fleet, key in
        let script = fleet.path("look.sh")
        try "#!/bin/sh\n\(key.snapshot("contact"))\necho seen\n".write(
          toFile: script, atomically: true, encoding: .utf8)
        let sweep = try await Self.run(fleet.sweep(["--script", script]), key.environment)
        #expect(try await fleet.terminals(selected: "outcome:inspected").count == 12, "\(sweep.stderr)")
        #expect(key.asked == 1)
        try await key.waitForEnd()
        _ = try await fleet.report()
        for name in ["asking", "contact"] {
          let snapshot = try Data(contentsOf: URL(filePath: fleet.path("snapshot-\(name)")))
          #expect(snapshot.range(of: Data("ssh-agent".utf8)) != nil, "\(name) was looked at")
        }
        #expect(sweep.stdout.contains(key.passphrase) == false && sweep.stderr.contains(key.passphrase) == false)
        #expect(try Self.files(of: fleet, holding: Data(key.passphrase.utf8)) == ["asking.sh"])
        #expect(try Self.files(of: fleet, holding: key.secret) == [])
      }
    }

    @Test func `an agent ends with a sweep that is killed`() async throws {
      try await Self.with(["answers", "hangs"]) { fleet, key in
        var program = fleet.sweep()
        program.environment = key.environment
        let sweep = try RunningProgram.start(program)
        while try await fleet.terminals(selected: "outcome:inspected").isEmpty { try Task.checkCancellation() }
        #expect(ProcessTree.processes(mentioning: key.runtime).count == 2)
        sweep.send(SIGKILL)
        #expect(await sweep.finished().status == 128 + SIGKILL)
        try await key.waitForEnd()
        // Whoever resumes is asked again.
        let resumed = try await Self.run(.tenken(["resume", "--state", fleet.state]), key.environment)
        #expect(resumed.status == 2, "\(resumed.stderr)")
        #expect(key.asked == 2)
      }
    }

    @Test func `a wrong passphrase ends it before anything is contacted or kept`() async throws {
      try await Self.with(["answers"]) { fleet, key in
        try key.sayWrong()
        let sweep = try await Self.run(fleet.sweep(), key.environment)
        #expect(sweep.status == 77)
        #expect(sweep.stderr.contains("the private key \(key.path) was not opened"), "\(sweep.stderr)")
        #expect(key.asked == 1)
        #expect(!FileManager.default.fileExists(atPath: fleet.state))
        try await key.waitForEnd()
      }
    }

    @Test func `doctor says of an encrypted key that it will be asked for, or that nobody can be`() async throws {
      try await Self.with(["answers"]) { fleet, key in
        let doctor = ["doctor", "--inventory", fleet.inventory, "--state", fleet.state]
        let fit = try await Self.run(.tenken(doctor), key.environment)
        #expect(fit.status == 0, "\(fit.stdout)")
        #expect(fit.stdout.contains("\(key.path) is encrypted; its passphrase will be asked for"), "\(fit.stdout)")
        let unfit = try await Self.run(Program.tenken(doctor).withoutTerminal, key.silence)
        #expect(unfit.status == 69)
        #expect(unfit.stdout.contains("SSH_ASKPASS_REQUIRE=force"), "\(unfit.stdout)")
        #expect(key.asked == 0)
      }
    }

    @Test func `a person at a terminal is asked there, without an echo`() async throws {
      try await Self.with(["answers"]) { fleet, key in
        let screen = try await Self.atTerminal(fleet, key, typing: key.passphrase + "\\n")
        #expect(try await fleet.terminals(selected: "outcome:inspected") == ["enc-0"], "\(screen)")
        #expect(screen.contains("Enter passphrase for \(key.path)"))
        #expect(!screen.contains(key.passphrase))
        #expect(key.asked == 0)
        try await key.waitForEnd()
      }
    }

    @Test func `Ctrl-C at the question leaves nothing behind`() async throws {
      try await Self.with(["answers"]) { fleet, key in
        let screen = try await Self.atTerminal(fleet, key, typing: "\\003")
        #expect(screen.contains("Enter passphrase for \(key.path)"))
        #expect(!FileManager.default.fileExists(atPath: fleet.state))
        try await key.waitForEnd()
      }
    }

    /// Runs a sweep on a terminal of script(1), types that once there is a question, and returns what was on the
    /// screen.
    private static func atTerminal(
      _ fleet: Fleet, _ key: LockedKey, typing text: String
    ) async throws -> String {
      let screen = fleet.path("screen")
      let sweep = fleet.sweep(["--no-progress"])
      let words = ([sweep.path] + sweep.arguments).map { "'\($0)'" }.joined(separator: " ")
      // Where there is no question, it types in the end all the same, and what is on the screen is shown.
      let typist =
        "for n in {1..1200}; do grep -q 'Enter passphrase' '\(screen)' 2>/dev/null && break; sleep 0.05; done"
      let command = "{ \(typist); printf '\(text)'; } | script -qefc \"\(words)\" '\(screen)' >/dev/null"
      var program = Program(path: "/bin/bash", arguments: ["-c", command], directory: fleet.directory)
      program.environment = key.silence
      _ = try await program.run()
      return try String(contentsOfFile: screen, encoding: .utf8)
    }

    /// The files of a fleet's directory, state and reports among them, in which these bytes are.
    private static func files(of fleet: Fleet, holding bytes: Data) throws -> [String] {
      let paths = FileManager.default.enumerator(atPath: fleet.directory.path)?.compactMap { $0 as? String } ?? []
      #expect(paths.contains { $0.hasSuffix("report.jsonl") } && paths.contains { $0.hasPrefix("state/") })
      return paths.filter { path in
        FileManager.default.contents(atPath: fleet.path(path))?.range(of: bytes) != nil
      }
    }
  }
}
