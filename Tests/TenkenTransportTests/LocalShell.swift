import Foundation
import TenkenTestSupport
import TenkenTransport

/// A shell of this machine that stands in for a terminal's `/bin/sh`.
struct LocalShell: CustomStringConvertible, Sendable {
  let description: String
  /// The words that start it, and what makes its own tools come first in the PATH.
  let command: [String]

  /// Those of the four that are installed.
  static let installed: [LocalShell] = [
    LocalShell(description: "dash", command: ["dash"]),
    LocalShell(description: "bash", command: ["bash", "--posix"]),
    LocalShell(description: "busybox", command: ["busybox", "sh"]),
    LocalShell(description: "mksh", command: ["mksh"]),
  ].filter { shell in
    ["/bin", "/usr/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(shell.command[0])") }
  }

  /// Runs `text` as the program of a channel is run, with its standard input at its end. The streams are files, so
  /// that neither can hold the other up.
  func run(_ text: [UInt8]) async throws -> Execution {
    try await withTemporaryDirectory { directory in
      let streams = ["in", "out", "err"].map { directory.appending(path: $0) }
      try Data(text).write(to: streams[0])
      for stream in streams.dropFirst() { try Data().write(to: stream) }
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = command + ["-c", #"eval "$(cat)""#]
      process.standardInput = try FileHandle(forReadingFrom: streams[0])
      process.standardOutput = try FileHandle(forWritingTo: streams[1])
      process.standardError = try FileHandle(forWritingTo: streams[2])
      try process.run()
      process.waitUntilExit()
      return Execution(
        stdout: Array(try Data(contentsOf: streams[1])), stderr: Array(try Data(contentsOf: streams[2])),
        ending: .closed(exitStatus: process.terminationStatus))
    }
  }
}
