import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

/// The remote program under every shell that a terminal may have, run here.
struct RemoteProgramTests {
  private var generator = SystemRandomNumberGenerator()

  private mutating func program(_ checks: [Check], root: String? = nil) -> RemoteProgram {
    RemoteProgram(
      nonce: Nonce(using: &generator), factNonce: Nonce(using: &generator), checks: checks, root: root)
  }

  private func decode(_ execution: Execution, of program: RemoteProgram) -> Frames {
    FrameCodec.decode(
      stdout: execution.stdout, stderr: execution.stderr, nonce: program.nonce, expecting: program.checks)
  }

  private func run(_ program: RemoteProgram, in shell: LocalShell) async throws -> Frames {
    decode(try await shell.run(program), of: program)
  }

  @Test(arguments: LocalShell.installed)
  mutating func `each check's status, output and errors come back apart`(shell: LocalShell) async throws {
    let program = program([
      .sample("a.pass", script: "echo out; echo err >&2; exit 101"),
      .sample("b.fail", script: "printf 'no newline'; exit 102"),
      .sample("c.broken", script: "if then; exit 101"),
      .sample("d.signal", script: "kill -s TERM $$"),
      .sample("e.empty", script: "exit 0"),
    ])
    let frames = try await run(program, in: shell)
    #expect(frames.violation == nil)
    #expect(frames.isComplete)
    try #require(frames.captures.count == 5)
    #expect(frames.captures[0].status == .exited(101))
    #expect(frames.captures[0].stdout == Array("out\n".utf8))
    #expect(frames.captures[0].stderr == Array("err\n".utf8))
    #expect(frames.captures[1].status == .exited(102))
    #expect(frames.captures[1].stdout == Array("no newline".utf8))
    #expect(frames.captures[2].status != .exited(101))
    #expect(frames.captures[3].status == .exited(143))
    #expect(frames.captures[4].status == .exited(0))
    #expect(frames.captures[4].stdout.isEmpty)
    #expect(frames.captures.allSatisfy { $0.milliseconds != nil })
  }

  @Test(arguments: LocalShell.installed)
  mutating func `no run says more than it is said to, however much its checks say`(shell: LocalShell) async throws {
    let name = String(repeating: "x", count: 62)
    let program = program(
      (1...3).map { .sample(ID("\(name).\($0)")!, script: "yes & yes >&2; wait", outputLimit: 70_000) })
    let execution = try await shell.run(program)
    #expect(decode(execution, of: program).isComplete)
    let ofLoginShell = RemoteProgram(nonce: program.nonce, factNonce: program.nonce, checks: []).longestOutput
    for stream in [execution.stdout, execution.stderr] {
      #expect(stream.count > 3 * 70_000)
      #expect(stream.count <= program.longestOutput - ofLoginShell)
    }
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a check that does not end is killed with all that it started`(shell: LocalShell) async throws {
    let mark = "tenken-mark-\(Nonce(using: &generator))"
    let script = "sh -c 'sleep 611 & sleep 611' \(mark) & echo begun; sleep 611; exit 101"
    let program = program([
      .sample("a.hang", script: script, timeout: .seconds(1)), .sample("b.next", script: "exit 101"),
    ])
    let frames = try await run(program, in: shell)
    #expect(frames.isComplete)
    #expect(frames.captures.map(\.status) == [.expired, .exited(101)])
    #expect(frames.captures.first?.stdout == Array("begun\n".utf8))
    #expect(try running(mark) == [])
  }

  @Test(arguments: LocalShell.installed)
  mutating func `what a check leaves behind is killed when it ends`(shell: LocalShell) async throws {
    let mark = "tenken-mark-\(Nonce(using: &generator))"
    let program = program([.sample("a.daemon", script: "sh -c 'sleep 611; :' \(mark) & exit 101")])
    let frames = try await run(program, in: shell)
    #expect(frames.isComplete)
    #expect(frames.captures.map(\.status) == [.exited(101)])
    #expect(try running(mark) == [])
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a daemon that holds the check's pipes costs that check its deadline, and no other`(
    shell: LocalShell
  ) async throws {
    let mark = "tenken-mark-\(Nonce(using: &generator))"
    let program = program([
      .sample(
        "a.daemon",
        script: """
          trap 'exit 101' USR1
          setsid sh -c 'echo begun; kill -s USR1 "$1"; sleep 611; :' \(mark) $$ &
          wait
          """, timeout: .seconds(1)),
      .sample("b.next", script: "exit 101"),
    ])
    let frames = try await run(program, in: shell)
    #expect(frames.isComplete)
    #expect(frames.captures.map(\.status) == [.expired, .exited(101)])
    #expect(frames.captures.first?.stdout == Array("begun\n".utf8))
    #expect(try running(mark) == [])
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a program that lost its beginning runs nothing`(shell: LocalShell) async throws {
    try await withTemporaryDirectory { directory in
      let witness = directory.appending(path: "ran").path
      let program = program([.sample("a", script: "x=1\necho ran >'\(witness)'\nexit 101")])
      let text = program.text
      let lines = text.indices.filter { text[$0] == 0x0A }
      for lost in [0, 1, lines[0] + 1, lines[1] + 1, lines[lines.count - 8] + 1, lines[lines.count - 5] + 1] {
        let input = directory.appending(path: "program")
        try Data(text[lost...]).write(to: input)
        let command =
          "\(shell.command.joined(separator: " ")) -c '\(RemoteProgram.loader)' <'\(input.path)' 2>/dev/null"
        _ = try await run(self.program([.sample("outer", script: command)]), in: shell)
        #expect(FileManager.default.fileExists(atPath: witness) == (lost == 0), "\(lost) bytes lost")
        try? FileManager.default.removeItem(atPath: witness)
      }
    }
  }

  @Test(arguments: LocalShell.installed)
  mutating func `output stops one byte after its cap`(shell: LocalShell) async throws {
    let endless = "while :; do echo 0123456789; done"
    let program = program([
      .sample("a.out", script: endless, outputLimit: 1000),
      .sample("b.err", script: "(\(endless)) >&2", outputLimit: 1000), .sample("c.next", script: "exit 101"),
    ])
    let frames = try await run(program, in: shell)
    #expect(frames.isComplete)
    #expect(frames.captures.map(\.stdout.count) == [1001, 0, 0])
    #expect(frames.captures.dropFirst().first?.stderr.count == 1001)
    #expect(frames.captures.last?.status == .exited(101))
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a check sees only the environment it is given`(shell: LocalShell) async throws {
    let parameter = Check.Parameter(name: "max", type: "number", value: "it's $HOME", meaning: "")
    let script = #"env; echo "name=$0"; cat; pwd"#
    let program = program([.sample("a.env", script: script, parameters: [parameter])], root: "/specimens/x y")
    let frames = try await run(program, in: shell)
    let text = String(decoding: try #require(frames.captures.first).stdout, as: UTF8.self)
    let lines = Set(text.split(separator: "\n").map(String.init))
    #expect(lines.contains("XCCDF_VALUE_max=it's $HOME"))
    #expect(lines.contains("TENKEN_ROOT=/specimens/x y"))
    #expect(lines.contains("TENKEN_NONCE=\(program.factNonce)"))
    #expect(lines.contains("name=a.env"))
    #expect(lines.contains("/"))
    #expect(!text.contains(program.nonce.hex))
    let names = Set(lines.compactMap { $0.contains("=") ? $0.split(separator: "=").first.map(String.init) : nil })
    let allowed: Set = [
      "PATH", "LC_ALL", "HOME", "TENKEN_NONCE", "TENKEN_CHECK", "TENKEN_ROOT", "PWD", "OLDPWD", "SHLVL", "_", "name",
    ]
    #expect(names.filter { !allowed.contains($0) && !$0.hasPrefix("XCCDF_") } == [])
  }

  @Test(arguments: LocalShell.installed)
  mutating func `the specimen root is never the terminal's own`(shell: LocalShell) async throws {
    setenv("TENKEN_ROOT", "/forged", 1)
    defer { unsetenv("TENKEN_ROOT") }
    let frames = try await run(program([.sample("a", script: #"echo "[$TENKEN_ROOT]""#)]), in: shell)
    #expect(frames.captures.first?.stdout == Array("[]\n".utf8))
  }

  @Test(arguments: LocalShell.installed)
  mutating func `scripts of every byte but NUL arrive as they are`(shell: LocalShell) async throws {
    let quotes = #"printf '%s|' 'single '\''quoted'\''' "double \"quoted\"" 'back\slash' '$HOME `id` !! %s' 'ünï'"#
    let frames = try await run(program([.sample("a", script: quotes + "; exit 101")]), in: shell)
    #expect(
      frames.captures.first.map { String(decoding: $0.stdout, as: UTF8.self) }
        == #"single 'quoted'|double "quoted"|back\slash|$HOME `id` !! %s|ünï|"#)
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a megabyte of script and a megabyte of output pass`(shell: LocalShell) async throws {
    let filler = String(repeating: "# a line of some forty characters, no more\n", count: 24_000)
    let script = filler + "head -c 1000000 /dev/zero | tr '\\0' x; head -c 1000000 /dev/zero | tr '\\0' y >&2; exit 101"
    let program = program([.sample("a", script: script, outputLimit: 2 << 20)])
    let frames = try await run(program, in: shell)
    #expect(frames.captures.map(\.status) == [.exited(101)])
    #expect(frames.captures.first?.stdout.count == 1_000_000)
    #expect(frames.captures.first?.stderr.count == 1_000_000)
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a missing program or right is said and nothing runs`(shell: LocalShell) async throws {
    let program = program([
      .sample("a.tool", script: "echo ran", requires: ["sh", "no-such-program"]),
      .sample("b.interpreter", script: "echo ran", interpreter: "no-such-shell"),
      .sample("c.root", script: "echo ran", privilege: .root),
    ])
    let frames = try await run(program, in: shell)
    #expect(frames.isComplete)
    let root: Capture.Status = geteuid() == 0 ? .exited(0) : .lacksRoot
    #expect(
      frames.captures.map(\.status) == [.lacksProgram("no-such-program"), .lacksProgram("no-such-shell"), root])
    #expect(frames.captures.prefix(2).allSatisfy { $0.stdout.isEmpty })
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a program that was cut short runs nothing`(shell: LocalShell) async throws {
    try await withTemporaryDirectory { directory in
      let witness = directory.appending(path: "ran").path
      let program = program([.sample("a", script: "echo ran >'\(witness)'"), .sample("b", script: "exit 101")])
      let text = program.text
      var generator = SplitMix64(seed: 7)
      let cuts = (0..<12).map { _ in Int.random(in: 1..<text.count - 2, using: &generator) }
      for cut in cuts + [text.count - 2] {
        let input = directory.appending(path: "program")
        try Data(text[..<cut]).write(to: input)
        let command =
          "\(shell.command.joined(separator: " ")) -c '\(RemoteProgram.loader)' <'\(input.path)' 2>/dev/null"
        let frames = try await run(self.program([.sample("outer", script: command)]), in: shell)
        #expect(frames.captures.first.map { $0.stdout.contains(0x62) } == false, "cut at \(cut) of \(text.count)")
        #expect(!FileManager.default.fileExists(atPath: witness), "cut at \(cut) of \(text.count)")
      }
      #expect(decode(try await shell.run(program), of: program).isComplete)
      #expect(FileManager.default.fileExists(atPath: witness))
    }
  }

  @Test(arguments: LocalShell.installed)
  mutating func `a program without checks says that it ran`(shell: LocalShell) async throws {
    let frames = try await run(program([]), in: shell)
    #expect(frames.isComplete)
  }

  /// The processes whose command line holds `mark`.
  private func running(_ mark: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }.compactMap { pid in
      guard let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return nil }
      let text = String(decoding: line, as: UTF8.self)
      return text.contains(mark) ? text : nil
    }
  }
}
