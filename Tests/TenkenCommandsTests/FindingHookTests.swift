import Foundation
import Synchronization
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenCommands

@Suite(.timeLimit(.minutes(1)))
struct FindingHookTests {
  private static let event = SweepEvent.draining(inFlight: 0)

  /// As the program does: a pipe that nobody reads is seen by write(2).
  init() { signal(SIGPIPE, SIG_IGN) }

  private func run(
    _ script: String, findings: [String], in directory: URL, allowance: Duration = .seconds(10), queueLength: Int = 200
  ) async throws -> (output: String, said: [String]) {
    let program = directory.appending(path: "program")
    try Data("#!/bin/sh\ncd \(directory.path)\n\(script)\n".utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    let said = Mutex<[String]>([])
    let hook = FindingHook(
      try FindingProgram(program.path), findings: { _ in findings.map { Array("\($0)\n".utf8) } }, allowance: allowance,
      queueLength: queueLength, say: { line in said.withLock { $0.append(line) } })
    try await hook.calling { hook.receive(Self.event) }
    let output = try? String(contentsOf: directory.appending(path: "out"), encoding: .utf8)
    return (output ?? "", said.withLock { $0 })
  }

  @Test func `each finding is handed over once, in order, on standard input`() async throws {
    try await withTemporaryDirectory { directory in
      let lines = (0..<5).map { "{\"finding\":\"\($0)\",\"message\":\"$(touch x) `id` ;\"}" }
      let (output, said) = try await run("cat >> out; echo $# >> count", findings: lines, in: directory)
      #expect(output == lines.map { $0 + "\n" }.joined() && said.isEmpty)
      let counts = try String(contentsOf: directory.appending(path: "count"), encoding: .utf8)
      #expect(counts == String(repeating: "0\n", count: 5), "no arguments")
      #expect(!FileManager.default.fileExists(atPath: directory.appending(path: "x").path))
    }
  }

  @Test func `a program that fails is said once, and the next finding is handed over all the same`() async throws {
    try await withTemporaryDirectory { directory in
      let (output, said) = try await run("cat >> out; exit 3", findings: ["a", "b", "c"], in: directory)
      #expect(output == "a\nb\nc\n")
      #expect(said.count == 1 && said[0].contains("ended with 3"))
    }
  }

  @Test func `one that hangs is killed, one that does not read and one that never stops writing hold up nobody`()
    async throws
  {
    try await withTemporaryDirectory { directory in
      let (_, said) = try await run("exec sleep 600", findings: ["a"], in: directory, allowance: .milliseconds(200))
      #expect(said.count == 1 && said[0].contains("was killed"), "\(said)")
    }
    try await withTemporaryDirectory { directory in
      let (output, said) = try await run("echo >> out", findings: ["a", "b"], in: directory)
      #expect(output == "\n\n" && said.isEmpty)
    }
    try await withTemporaryDirectory { directory in
      let (_, said) = try await run("exec yes", findings: ["a"], in: directory, allowance: .milliseconds(200))
      #expect(said.count == 1)
    }
  }

  @Test func `what does not fit is counted, and never waited for`() async throws {
    try await withTemporaryDirectory { directory in
      let (output, said) = try await run(
        "cat >> out", findings: (0..<12).map(String.init), in: directory, queueLength: 4)
      let handed = output.split(separator: "\n").count
      #expect(handed >= 4 && handed < 12, "\(handed)")
      #expect(said == ["\(12 - handed) findings were not handed to program: `tenken findings` has them all"])
    }
  }

  @Test func `what is no program is refused before anything begins`() throws {
    for (path, code) in [
      ("/nonexistent/x", Failure.Code.noSuchInput), ("/etc/passwd", .permissions), ("/tmp", .noSuchInput),
    ] {
      #expect {
        _ = try FindingProgram(path)
      } throws: { ($0 as? Failure)?.code == code }
    }
  }
}
