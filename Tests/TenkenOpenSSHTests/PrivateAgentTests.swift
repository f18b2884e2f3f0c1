import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenOpenSSH

/// With the ssh-agent and the ssh-add of this machine.
@Suite(.timeLimit(.minutes(1))) struct PrivateAgentTests {
  private static func makeKey(_ name: String, in directory: URL, _ options: [String] = ["-t", "ed25519"]) throws
    -> String
  {
    let path = directory.appending(path: name).path
    try runTool("/usr/bin/ssh-keygen", ["-q", "-N", "secret", "-C", name, "-f", path] + options)
    return path
  }

  private static func list(_ key: HeldKey) throws -> String {
    try runTool("/usr/bin/ssh-add", ["-L"], environment: ["SSH_AUTH_SOCK": key.socket])
  }

  /// Ends when no process of the agents in this directory runs any longer.
  private static func expectNothingLeft(_ program: AskingProgram) async throws {
    while !ProcessTree.processes(mentioning: program.runtime).isEmpty {
      try Task.checkCancellation()
      await Task.yield()
    }
    #expect(try program.leavings == [])
  }

  @Test(arguments: [
    ["-t", "ed25519"], ["-t", "ecdsa"], ["-t", "rsa", "-b", "2048", "-m", "PEM"], ["-t", "ecdsa", "-m", "PKCS8"],
  ])
  func `an encrypted key is held by an agent of its own, asked for once, and gone afterwards`(
    options: [String]
  ) async throws {
    try await withTemporaryDirectory { directory in
      let program = try AskingProgram("secret", in: directory)
      let key = try Self.makeKey("key", in: directory, options)
      let publicHalf = try String(contentsOfFile: key + ".pub", encoding: .utf8).split(separator: " ")[1]
      try await withPrivateAgents(for: [key], environment: program.environment) { held in
        #expect(held.map(\.file) == [key])
        let held = try #require(held.first)
        let list = try Self.list(held)
        #expect(list.split(separator: "\n").count == 1 && list.contains(publicHalf))
        // Nobody else looks into it.
        let home = URL(filePath: held.socket).deletingLastPathComponent().path
        #expect(try FileManager.default.attributesOfItem(atPath: home)[.posixPermissions] as? Int == 0o700)
        // Ctrl-C at the terminal goes to a session that they are not in.
        let processes = ProcessTree.processes(mentioning: home)
        #expect(processes.count == 2 && processes.allSatisfy { getsid($0) != getsid(0) })
      }
      #expect(program.asked.count == 1)
      #expect(program.asked.first?.contains(key) == true)
      try await Self.expectNothingLeft(program)
    }
  }

  @Test func `several keys have an agent each, the same key under two names too`() async throws {
    try await withTemporaryDirectory { directory in
      let program = try AskingProgram("secret", in: directory)
      let first = try Self.makeKey("first", in: directory)
      let second = try Self.makeKey("second", in: directory)
      let copy = directory.appending(path: "copy").path
      try FileManager.default.copyItem(atPath: first, toPath: copy)
      try await withPrivateAgents(for: [first, second, copy], environment: program.environment) { held in
        #expect(held.map(\.file) == [first, second, copy])
        #expect(Set(held.map(\.socket)).count == 3)
        let lists = try held.map { try Self.list($0).split(separator: " ")[1] }
        #expect(lists[0] == lists[2] && lists[0] != lists[1])
      }
      #expect(program.asked.count == 3)
      try await Self.expectNothingLeft(program)
    }
  }

  @Test(arguments: ["wrong", ""])
  func `a wrong passphrase is asked for once and said`(answer: String) async throws {
    try await withTemporaryDirectory { directory in
      let program = try AskingProgram(answer, in: directory)
      let key = try Self.makeKey("key", in: directory)
      let failure = await #expect(throws: Failure.self) {
        try await withPrivateAgents(for: [key], environment: program.environment) { _ in Issue.record("it was lent") }
      }
      #expect(failure?.code == .permissions)
      #expect(failure?.what == "the private key \(key) was not opened")
      #expect(failure?.why == "the passphrase is wrong, or none was given")
      #expect(program.asked.count == 1)
      try await Self.expectNothingLeft(program)
    }
  }

  @Test func `what goes wrong inside comes out as it is, and leaves nothing`() async throws {
    struct Mishap: Error {}
    try await withTemporaryDirectory { directory in
      let program = try AskingProgram("secret", in: directory)
      let key = try Self.makeKey("key", in: directory)
      await #expect(throws: Mishap.self) {
        try await withPrivateAgents(for: [key], environment: program.environment) { _ in throw Mishap() }
      }
      try await Self.expectNothingLeft(program)
    }
  }

  @Test func `an agent that was killed leaves nothing either`() async throws {
    try await withTemporaryDirectory { directory in
      let program = try AskingProgram("secret", in: directory)
      let key = try Self.makeKey("key", in: directory)
      try await withPrivateAgents(for: [key], environment: program.environment) { held in
        for process in ProcessTree.processes(mentioning: held[0].socket) { kill(process, SIGKILL) }
      }
      try await Self.expectNothingLeft(program)
    }
  }

  @Test func `without encrypted keys no program is needed`() async throws {
    #expect(try await withPrivateAgents(for: [], environment: ["PATH": "/nowhere"]) { $0.count } == 0)
  }

  @Test func `a program that is missing, one that fails and a file that is no key are said`() async throws {
    try await withTemporaryDirectory { directory in
      let program = try AskingProgram("secret", in: directory)
      let key = try Self.makeKey("key", in: directory)
      func failure(_ path: String, _ changes: [String: String]) async -> Failure? {
        await #expect(throws: Failure.self) {
          try await withPrivateAgents(
            for: [path], environment: program.environment.merging(changes) { $1 }
          ) { _ in }
        }
      }
      #expect(await failure(key, ["PATH": "/nowhere"])?.what == "there is no ssh-agent on this station")
      let broken = directory.appending(path: "bin")
      try FileManager.default.createDirectory(at: broken, withIntermediateDirectories: true)
      for (name, text) in [("ssh-agent", "#!/bin/sh\necho no room >&2\nexit 1\n"), ("ssh-add", "#!/bin/sh\n")] {
        try writeProgram(text, to: broken.appending(path: name).path)
      }
      let notStarted = await failure(key, ["PATH": broken.path])
      #expect(notStarted?.code == .serviceUnavailable)
      #expect(notStarted?.why == "no room")
      let notOpened = await failure(key + ".nothing", [:])
      #expect(notOpened?.code == .permissions)
      #expect(notOpened?.why.contains("No such file") == true, "\(notOpened?.why ?? "-")")
      try await Self.expectNothingLeft(program)
    }
  }
}
