import Foundation
package import TenkenModel

/// shellcheck(1), where it is installed: it knows more of shells than Tenken's own lint.
package struct ShellCheck {
  /// What came of asking it.
  package enum Findings: Sendable, Hashable {
    case notInstalled
    case problems([InputProblem])
  }

  private let program: URL

  /// The first on `path`, a list of directories as in `PATH`; `nil` where there is none.
  package init?(path: String) {
    let candidates = path.split(separator: ":").map { URL(filePath: String($0)).appending(path: "shellcheck") }
    guard let program = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path()) }) else {
      return nil
    }
    self.program = program
  }

  /// Runs the installed one over every script; warnings and errors count, matters of taste do not.
  ///
  /// - Throws: 73 or 74 where it could not be run.
  package static func run(_ catalogue: Catalogue) throws(Failure) -> Findings {
    guard let check = ShellCheck(path: ProcessInfo.processInfo.environment["PATH"] ?? "") else { return .notInstalled }
    var problems: [InputProblem] = []
    for script in catalogue.checks where !script.isForeign && ["sh", "bash"].contains(script.interpreter) {
      problems += try check.problems(in: script)
    }
    return .problems(problems)
  }

  package func problems(in check: Check) throws(Failure) -> [InputProblem] {
    let directory = FileManager.default.temporaryDirectory.appending(path: "tenken-lint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    do {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      let file = directory.appending(path: "check.sh")
      try Data(check.script).write(to: file)
      return parse(
        try output(["--norc", "--format=gcc", "--severity=warning", "--shell=\(check.interpreter)", file.path()]), check
      )
    } catch {
      throw Failure(
        .inputOutput, "shellcheck could not be run on \(check.file)", why: error.localizedDescription,
        next: "Run \(program.path()) by hand; take it off the PATH to lint without it.")
    }
  }

  private func output(_ arguments: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `/tmp/x/check.sh:12:5: warning: Use var=$(command) to assign output. [SC2209]`
  private func parse(_ text: String, _ check: Check) -> [InputProblem] {
    text.split(separator: "\n").compactMap { line in
      guard let match = line.wholeMatch(of: #/.*?check\.sh:(\d+):\d+: \w+: (.*) \[(SC\d+)\]/#) else { return nil }
      return InputProblem(
        file: check.file, line: Int(match.1), what: "shellcheck: \(match.2)",
        fix: "https://www.shellcheck.net/wiki/\(match.3)")
    }
  }
}
