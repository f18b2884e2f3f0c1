import Foundation

/// A program with its arguments, run to its end.
struct Program: Sendable {
  let path: String
  let arguments: [String]
  /// Added to the environment of the tests.
  var environment: [String: String] = [:]
  var directory: URL = repository

  /// The working tree that these tests were built from.
  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().resolvingSymlinksInPath()

  /// The `tenken` that was built beside the bundle of these tests.
  static let tenkenPath = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "tenken").path

  static func tenken(_ arguments: [String], environment: [String: String] = [:]) -> Program {
    Program(path: tenkenPath, arguments: arguments, environment: environment)
  }

  /// The same, killed with SIGKILL at that time unless it has ended by itself, by timeout(1).
  func killed(after milliseconds: Int) -> Program {
    let time = "\(milliseconds / 1000).\(String(1000 + milliseconds % 1000).dropFirst())"
    return Program(
      path: "/usr/bin/timeout", arguments: ["--foreground", "--signal=KILL", time, path] + arguments,
      environment: environment, directory: directory)
  }

  /// The same in a session of its own, where nobody sits.
  var withoutTerminal: Program {
    Program(
      path: "/usr/bin/setsid", arguments: ["--wait", path] + arguments, environment: environment, directory: directory)
  }

  func run() async throws -> Finished {
    try Task.checkCancellation()
    return try await RunningProgram.start(self).finished()
  }
}
