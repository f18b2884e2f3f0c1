import Foundation
import TenkenTestSupport

/// A program that was started: what it says can be read while it runs, and it can be sent signals.
struct RunningProgram: Sendable {
  private let child: ChildProcess
  /// Files take its output: no pipe can fill up, and nobody waits for the end of one that a server still holds.
  private let output: URL
  private let errors: URL

  static func start(_ program: Program) throws -> RunningProgram {
    let base = FileManager.default.temporaryDirectory.appending(path: "tenken-test-\(UUID().uuidString)")
    let (output, errors) = (base.appendingPathExtension("out"), base.appendingPathExtension("err"))
    let descriptors = [output, errors].map { open($0.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600) }
    defer { for descriptor in descriptors { close(descriptor) } }
    // env(1) changes the directory and becomes the program.
    let child = try ChildProcess(
      "/usr/bin/env", ["-C", program.directory.path, program.path] + program.arguments,
      environment: ProcessInfo.processInfo.environment.merging(program.environment) { $1 },
      output: descriptors[0], errors: descriptors[1])
    return RunningProgram(child: child, output: output, errors: errors)
  }

  /// What it has written on standard error until now.
  var messages: String { text(errors) }

  /// Returns once it has written this on standard error, or has ended.
  func wait(for message: String) async throws {
    while !messages.contains(message), child.isRunning {
      try Task.checkCancellation()
      await Task.yield()
    }
  }

  func send(_ signal: Int32) { child.signal(signal) }

  /// Waits for its end. A test that was cancelled, by its time limit, leaves no program behind.
  func finished() async -> Finished {
    defer { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }
    let status = await withTaskCancellationHandler {
      child.wait()
    } onCancel: {
      child.signal(SIGKILL)
    }
    return Finished(status: status, stdout: text(output), stderr: text(errors))
  }

  private func text(_ file: URL) -> String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }
}
