import Foundation
import TenkenTestSupport

/// The key that logs in at a fleet, encrypted, with a program that says its passphrase.
struct LockedKey {
  /// Nothing else holds this text.
  let passphrase = "canary-\(UUID().uuidString)"
  let path: String
  /// What the file must never be seen as outside the agent: the private half.
  let secret: Data
  private let directory: URL

  init(of fleet: Fleet) throws {
    try self.init(locking: fleet.path("servers/id_ed25519"), in: fleet.directory)
  }

  /// - Parameter path: an ed25519 key without a passphrase.
  init(locking path: String, in directory: URL) throws {
    self.path = path
    self.directory = directory
    secret = try Self.seed(path)
    try runTool("/usr/bin/ssh-keygen", "-q", "-p", "-P", "", "-N", passphrase, "-f", path)
    try FileManager.default.createDirectory(atPath: runtime, withIntermediateDirectories: true)
    // What it sees of the processes at this moment, the agent's and ssh-add's among them, it keeps.
    try writeProgram("#!/bin/sh\necho \"$1\" >>\(questions)\n\(snapshot("asking"))\necho \(passphrase)\n", to: asking)
  }

  /// Where private agents are, in the environments below.
  var runtime: String { directory.appending(path: "run").path }
  private var asking: String { directory.appending(path: "asking.sh").path }
  private var questions: String { directory.appending(path: "questions").path }

  var environment: [String: String] {
    ["SSH_ASKPASS": asking, "SSH_ASKPASS_REQUIRE": "force", "XDG_RUNTIME_DIR": runtime]
  }

  /// Of somebody who is not there.
  var silence: [String: String] { ["SSH_ASKPASS_REQUIRE": "never", "XDG_RUNTIME_DIR": runtime] }

  var asked: Int {
    ((try? String(contentsOfFile: questions, encoding: .utf8)) ?? "").split(separator: "\n").count
  }

  /// A script line that keeps the words and the environment of every process.
  func snapshot(_ name: String) -> String {
    "cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ >\(directory.path)/snapshot-\(name) 2>/dev/null"
  }

  /// The program says something else from now on.
  func sayWrong() throws { try writeProgram("#!/bin/sh\necho \"$1\" >>\(questions)\necho wrong\n", to: asking) }

  /// Returns when no process of a private agent runs any longer and its directory is gone.
  func waitForEnd() async throws {
    while try !leavings.isEmpty || !ProcessTree.processes(mentioning: runtime).isEmpty {
      try Task.checkCancellation()
      await Task.yield()
    }
  }

  private var leavings: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: runtime) }
  }

  /// In the private section of PROTOCOL.key the seed stands before the public half.
  private static func seed(_ path: String) throws -> Data {
    func decoded(_ lines: [Substring]) -> Data { Data(base64Encoded: lines.joined()) ?? Data() }
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let publicHalf = decoded([try String(contentsOfFile: path + ".pub", encoding: .utf8).split(separator: " ")[1]])
    let container = decoded(Array(lines.dropFirst().dropLast()))
    guard let place = container.range(of: publicHalf.suffix(32), options: .backwards) else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return container.subdata(in: (place.lowerBound - 32)..<place.lowerBound)
  }
}
