import Foundation
import TenkenTestSupport

/// A program by which ssh-add(1) asks for a passphrase, and what it was asked.
struct AskingProgram {
  private let directory: URL

  /// - Parameter passphrase: what it says.
  init(_ passphrase: String, in directory: URL) throws {
    self.directory = directory
    try FileManager.default.createDirectory(atPath: runtime, withIntermediateDirectories: true)
    let text = "#!/bin/sh\nprintf '%s\\n' \"$1\" >>'\(questions)'\necho '\(passphrase)'\n"
    try writeProgram(text, to: path)
  }

  private var path: String { directory.appending(path: "say it").path }
  private var questions: String { directory.appending(path: "questions").path }

  /// Where private agents are, in the environment below.
  var runtime: String { directory.appending(path: "run").path }

  var environment: [String: String] {
    ProcessInfo.processInfo.environment.merging(
      ["SSH_ASKPASS": path, "SSH_ASKPASS_REQUIRE": "force", "XDG_RUNTIME_DIR": runtime]) { $1 }
  }

  var asked: [String] {
    ((try? String(contentsOfFile: questions, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
  }

  /// What agents have left behind.
  var leavings: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: runtime) }
  }
}
