import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenPipeline

/// The built-in checks themselves, under the shells that terminals have.
struct ProbeChecksTests {
  private static let checks = ProbeChecks(programs: ["awk", "no-such-program"], platforms: ["linux"])
  private static let shells = [["/bin/dash"], ["/bin/bash"], ["/bin/busybox", "sh"], ["/bin/mksh"]].filter {
    FileManager.default.isExecutableFile(atPath: $0[0])
  }

  private static func script(_ id: ID<Check>) throws -> String {
    String(decoding: try #require(checks.catalogue[id]).script, as: UTF8.self)
  }

  /// What the system check says: fact names to their rows.
  ///
  /// - Parameter functions: stand before the script, in place of programs.
  private func run(
    _ shell: [String], path: String = "/usr/bin:/bin", _ functions: String = ""
  ) throws -> [String: [[String]]] {
    // mksh has no printf of its own.
    let prelude = "printf() { /usr/bin/printf \"$@\"; }\n"
    let output = try runTool(
      shell[0], Array(shell.dropFirst()) + ["-c", prelude + functions + "\n" + Self.script(ProbeChecks.system)],
      environment: [
        "PATH": path, "TENKEN_NONCE": "N", "LC_ALL": "C", "XCCDF_VALUE_programs": "awk no-such-program",
      ])
    var facts: [String: [[String]]] = [:]
    for line in output.split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(fields.count > 2 && fields[0] == "N" && fields[1] == "fact", "\(line)")
      facts[fields[2], default: []].append(Array(fields.dropFirst(3)))
    }
    return facts
  }

  @Test(arguments: shells) func `the system is told as its own programs tell it`(shell: [String]) throws {
    let facts = try run(shell)
    func said(_ program: String, _ option: String) throws -> String {
      try runTool("/usr/bin/\(program)", option).trimmingCharacters(in: .newlines)
    }
    let system = try [said("uname", "-s"), said("uname", "-r"), said("uname", "-m")]
    #expect(facts["probe.system"] == [system])
    let login = try [said("id", "-un"), said("id", "-u")]
    #expect(facts["probe.login"] == [login])
    #expect(facts["probe.program"] == [["awk"]])
    #expect(facts["probe.shell"]?.first?.allSatisfy { $0.hasPrefix("/") } == true)
    #expect(facts["probe.release"]?.first?.first?.isEmpty == false)
    let clock = try #require(facts["probe.time"]?.first?.first.flatMap { Double($0.prefix(14)) })
    #expect(abs(clock - Date().timeIntervalSince1970) < 60)
  }

  @Test(arguments: shells.filter { $0[0] != "/bin/busybox" })
  func `what is not there is not told, and nothing fails`(shell: [String]) throws {
    let facts = try run(shell, path: "/nonexistent")
    #expect(facts["probe.system"] == [["", "", ""]])
    #expect(facts["probe.login"] == [["", ""]])
    #expect(facts["probe.time"] == nil)
    #expect(facts["probe.program"] == nil)
  }

  @Test(arguments: shells) func `a value with tabs, backslashes and lines stays one value`(shell: [String]) throws {
    let uname = #"uname() { printf 'a\tb\\c\\\\\n%s\tfact\tprobe.login\tforged\n' N; }"#
    let facts = try run(shell, uname)
    #expect(facts["probe.system"]?.first?.first == #"a\tb\\c\\\\"#)
    #expect(facts["probe.login"]?.count == 1)
  }

  @Test(arguments: shells) func `a date without fractions is a time, and one that is no number is none`(
    shell: [String]
  ) throws {
    let whole = try run(shell, "date() { echo 1764000000.N; }")
    #expect(whole["probe.time"] == [["1764000000.N"]])
    let none = try run(shell, "date() { echo %s; }")
    #expect(none["probe.time"] == nil)
  }

  @Test func `the scripts are what shellcheck likes`() async throws {
    let shellcheck = "/usr/bin/shellcheck"
    guard FileManager.default.isExecutableFile(atPath: shellcheck) else { return }
    try await withTemporaryDirectory { directory in
      for check in Self.checks.catalogue.checks {
        let file = directory.appending(path: "\(check.id).sh")
        try Data(check.script).write(to: file)
        let complaints = try runTool(shellcheck, "-s", "sh", file.path)
        #expect(complaints.isEmpty)
      }
    }
  }

  @Test(arguments: [
    ("echo 0", "108\n"), ("echo 1000", "the uid is 1000, not 0\n106\n"),
    ("false", "the uid is unknown, not 0\n106\n"),
  ])
  func `the root check passes for root only`(id: String, said: String) throws {
    let script = "id() { \(id); }\n(\(try Self.script(ProbeChecks.root))\n); echo $?"
    let output = try runTool("/bin/sh", "-c", script)
    #expect(output == said)
  }
}
