import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

/// What somebody else's script finds when it runs: its interpreter, its name, its input, the environment of OpenSCAP.
struct InterpreterTests {
  private var generator = SystemRandomNumberGenerator()

  private mutating func run(_ checks: [Check], in shell: LocalShell, root: String? = nil) async throws -> [Capture] {
    let program = RemoteProgram(
      nonce: Nonce(using: &generator), factNonce: Nonce(using: &generator), checks: checks, root: root)
    let execution = try await shell.run(program)
    let frames = FrameCodec.decode(
      stdout: execution.stdout, stderr: execution.stderr, nonce: program.nonce, expecting: program.checks)
    #expect(frames.isComplete)
    return frames.captures
  }

  private func check(
    _ id: ID<Check>, _ interpreter: String, _ script: String, name: String = "check_it", on systems: [String] = [],
    parameters: [Check.Parameter] = []
  ) -> Check {
    Check(
      id: id, name: name, version: 1, title: "t", severity: .low, checkClass: .hardening, interpreter: interpreter,
      distributions: systems, outputLimit: 1 << 20, parameters: parameters, script: Array(script.utf8),
      digest: .sample(id.rawValue), file: "x")
  }

  private static let scripts = [
    "sh": "printf '%s,%s,' \"$0\" \"$#\"; if read -r x; then echo more; else echo eof; fi\nexit 3\n",
    "bash": "printf '%s,%s,' \"$0\" \"$#\"; if read -r x; then echo more; else echo eof; fi\nexit 3\n",
    "perl": "#!/usr/bin/perl -T\nuse strict;\nmy $x = <STDIN>;\nprint \"$0,\", scalar(@ARGV), \",\", "
      + "(defined $x ? 'more' : 'eof'), \"\\n\";\nprint STDERR __LINE__, caller() ? 'called' : '', <DATA>;\nexit 3;\n"
      + "__DATA__\ndata\n",
    "python3": "#!/usr/bin/env python3\nimport sys\nif __name__ == '__main__':\n  x = sys.stdin.read()\n"
      + "  print(f'{sys.argv[0]},{len(sys.argv) - 1},{\"more\" if x else \"eof\"}')\n  sys.exit(3)\n",
  ]

  @Test(arguments: LocalShell.installed)
  mutating func `a script has its name, its input at its end, and keeps its exit`(shell: LocalShell) async throws {
    let installed = Self.scripts.keys.sorted().filter { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }
    let checks = installed.map { check(ID("a.\($0)")!, $0, Self.scripts[$0]!) }
    for capture in try await run(checks, in: shell) {
      #expect(capture.status == .exited(3), "\(capture.check): \(String(decoding: capture.stderr, as: UTF8.self))")
      #expect(String(decoding: capture.stdout, as: UTF8.self) == "check_it,0,eof\n", "\(capture.check)")
      if capture.check == "a.perl" { #expect(String(decoding: capture.stderr, as: UTF8.self) == "5data\n") }
    }
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a script of 200 KB runs to its end in every interpreter`(shell: LocalShell) async throws {
    let installed = Self.scripts.keys.sorted().filter { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }
    let padding = String(repeating: "# \(String(repeating: "x", count: 97))\n", count: 2000)
    let checks = installed.map { interpreter in
      check(
        ID("a.\(interpreter)")!, interpreter,
        padding
          + (interpreter == "python3" ? "print(1)\n" : "print 1\n")
          .replacing("print 1", with: interpreter == "perl" ? "print \"1\\n\";" : "echo 1"))
    }
    for capture in try await run(checks, in: shell) {
      #expect(capture.status == .exited(0), "\(capture.check): \(String(decoding: capture.stderr, as: UTF8.self))")
      #expect(capture.stdout == Array("1\n".utf8), "\(capture.check)")
    }
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a value comes as OpenSCAP's engine gives it`(shell: LocalShell) async throws {
    let parameter = Check.Parameter(name: "max", type: "number", value: "3", meaning: "")
    let captures = try await run(
      [check("a", "sh", "env | grep ^XCCDF_ | grep -v RESULT | LC_ALL=C sort", parameters: [parameter])], in: shell)
    #expect(
      String(decoding: captures.first?.stdout ?? [], as: UTF8.self)
        == "XCCDF_OPERATOR_max=EQUALS\nXCCDF_TYPE_max=NUMBER\nXCCDF_VALUE_max=3\n")
  }

  /// As `src/SCE/sce_engine.c` sets them; its PATH has these directories.
  @Test(arguments: LocalShell.installed)
  mutating func `results have the names and numbers of OpenSCAP's engine`(shell: LocalShell) async throws {
    let captures = try await run(
      [check("a", "sh", "env | grep ^XCCDF_RESULT_ | LC_ALL=C sort; echo \":$PATH:\"")], in: shell)
    let lines = String(decoding: captures.first?.stdout ?? [], as: UTF8.self).split(separator: "\n")
    #expect(
      lines.dropLast() == [
        "XCCDF_RESULT_ERROR=103", "XCCDF_RESULT_FAIL=102", "XCCDF_RESULT_FIXED=109", "XCCDF_RESULT_INFORMATIONAL=108",
        "XCCDF_RESULT_NOT_APPLICABLE=105", "XCCDF_RESULT_NOT_CHECKED=106", "XCCDF_RESULT_NOT_SELECTED=107",
        "XCCDF_RESULT_PASS=101", "XCCDF_RESULT_UNKNOWN=104",
      ])
    for directory in ["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin"] {
      #expect(lines.last?.contains(":\(directory):") == true, "\(directory)")
    }
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a check whose interpreter is missing does not run`(shell: LocalShell) async throws {
    let captures = try await run([check("a", "perl9", "exit 101"), check("b", "sh", "exit 101")], in: shell)
    #expect(captures.map(\.status) == [.lacksProgram("perl9"), .exited(101)])
    #expect(captures.first?.stdout == [])
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a check runs only on the distributions that it is for`(shell: LocalShell) async throws {
    try await withTemporaryDirectory { directory in
      let etc = directory.appending(path: "etc")
      try FileManager.default.createDirectory(at: etc, withIntermediateDirectories: true)
      try Data("NAME=x\nID='rhel'\nVERSION_ID=\"8.9\"\nID_LIKE=fedora".utf8).write(
        to: etc.appending(path: "os-release"))
      let checks = [
        check("a", "sh", "exit 101", on: ["debian", "rhel"]), check("b", "sh", "exit 101", on: ["rhel:8"]),
        check("c", "sh", "exit 101", on: ["rhel:9", "fedora"]), check("d", "sh", "exit 101"),
      ]
      let statuses = try await run(checks, in: shell, root: directory.path).map(\.status)
      #expect(statuses == [.exited(101), .exited(101), .otherSystem, .exited(101)])
      try FileManager.default.removeItem(at: etc)
      let unknown = try await run([checks[0]], in: shell, root: directory.path).map(\.status)
      #expect(unknown == [.lacksProgram("os-release")])
    }
  }
}
