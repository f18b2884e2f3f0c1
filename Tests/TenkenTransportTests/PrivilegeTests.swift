import Foundation
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

/// Checks that need root, run by a login that is not root, with the real sudo(8) and doas(1) of this machine and rules
/// of the test's own.
@Suite(.onPrivateMachine, .timeLimit(.minutes(2)))
struct PrivilegeTests {
  private static let rule = "inspector ALL=(root) NOPASSWD: /bin/sh"
  private static let checks: [Check] = [
    .sample("a.root", script: "id -u; echo complaint >&2; exit 101", privilege: .root),
    .sample("b.plain", script: "id -u; exit 102"), .sample("c.root", script: "id -u; exit 103", privilege: .root),
  ]
  private static let hasSudo = isInstalled("sudo")
  private static let hasDoas = isInstalled("doas")

  private static func isInstalled(_ program: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\(program)")
  }

  /// Runs `checks` as an ordinary user of a machine whose sudoers(5) has these lines, where there are any.
  private func run(
    _ checks: [Check] = Self.checks, sudoers: String? = nil, root: String? = nil,
    _ adapt: (inout PrivateMachine) -> Void = { _ in }
  ) async throws -> (frames: Frames, program: RemoteProgram) {
    var machine = PrivateMachine()
    let account = PrivateMachine.Account("inspector")
    machine.accounts = [account]
    machine.files = [.init("/etc/sudoers", sudoers ?? "", mode: "440")]
    adapt(&machine)
    let program = RemoteProgram.sample(checks, root: root)
    let shell = LocalShell(description: "inspector", command: machine.command(["sh"], as: account))
    return (program.frames(of: try await shell.run(program)), program)
  }

  private func expectAll(_ frames: Frames, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(frames.isComplete && frames.violation == nil, sourceLocation: sourceLocation)
    #expect(frames.captures.map(\.check) == ["b.plain", "a.root", "c.root"], sourceLocation: sourceLocation)
    #expect(
      frames.captures.map(\.status) == [.exited(102), .exited(101), .exited(103)], sourceLocation: sourceLocation)
    #expect(frames.outputs == ["4711\n", "0\n", "0\n"], sourceLocation: sourceLocation)
    #expect(frames.complaints == ["", "complaint\n", ""], sourceLocation: sourceLocation)
  }

  /// The plain check has run, the others say why they have not.
  private func expectRefused(_ frames: Frames, _ words: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(frames.isComplete && frames.violation == nil, sourceLocation: sourceLocation)
    #expect(frames.captures.map(\.check) == ["b.plain", "a.root", "c.root"], sourceLocation: sourceLocation)
    #expect(frames.captures.map(\.status) == [.exited(102), .lacksRoot, .lacksRoot], sourceLocation: sourceLocation)
    #expect(frames.outputs == ["4711\n", "", ""], sourceLocation: sourceLocation)
    for complaint in frames.complaints.dropFirst() {
      #expect(complaint.contains(words), sourceLocation: sourceLocation)
      #expect(complaint.last == "\n" && complaint.count(where: \.isNewline) == 1, sourceLocation: sourceLocation)
      #expect(complaint.utf8.count < 500, sourceLocation: sourceLocation)
    }
  }

  @Test(
    .enabled(if: hasSudo, "no sudo"),
    arguments: [nil, "bash", "busybox", "mksh"].filter { $0.map(isInstalled) ?? true })
  func `all checks that need root run under one sudo, after the others`(shell: String?) async throws {
    try await withTemporaryDirectory { directory in
      let log = directory.appending(path: "log")
      let (frames, _) = try await run(sudoers: "Defaults logfile=\(log.path)\n\(Self.rule)") { $0.shell = shell }
      expectAll(frames)
      let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
      #expect(lines.count { $0.contains("USER=root") } == 1)
    }
  }

  @Test(
    .enabled(if: hasSudo, "no sudo"),
    arguments: [
      "use_pty", "lecture=always", "closefrom=3", "env_keep+=\"PATH HOME\"", "secure_path=\"/sbin:/bin\"", "!env_reset",
      "umask=0777,umask_override", "use_pty,log_output,log_input,iolog_dir=\(PrivateMachine.directory)/io",
    ])
  func `what a rule sets beside does not break it`(defaults: String) async throws {
    expectAll(try await run(sudoers: "Defaults \(defaults)\n\(Self.rule)").frames)
  }

  @Test(
    .enabled(if: hasSudo, "no sudo"),
    arguments: [
      ("inspector ALL=(root) /bin/sh", "a password is required"), ("", "a password is required"),
      ("inspector ALL=(root) NOPASSWD: /bin/true", "a password is required"),
      ("Defaults requiretty\n\(rule)", "you must have a tty"),
      ("inspector ALL=(nobody) NOPASSWD: /bin/sh\nDefaults runas_default=nobody", "sudo does not give root"),
      ("this is no rule", "syntax error"),
    ])
  func `where sudo refuses, each check says so in its words`(sudoers: String, words: String) async throws {
    expectRefused(try await run(sudoers: sudoers).frames, words)
  }

  @Test func `where there is neither sudo nor doas, each check says so`() async throws {
    expectRefused(try await run { $0.hidden = ["sudo", "doas"] }.frames, "there is neither sudo nor doas here")
  }

  @Test(.enabled(if: hasDoas, "no doas")) func `doas stands in where there is no sudo`() async throws {
    let (frames, _) = try await run {
      $0.hidden = ["sudo"]
      $0.files.append(.init("/etc/doas.conf", "permit nopass inspector as root cmd /bin/sh", mode: "400"))
    }
    expectAll(frames)
  }

  @Test(
    .enabled(if: hasDoas, "no doas"),
    arguments: [
      ("permit inspector", "doas: "), ("permit nopass inspector cmd /bin/true", "Operation not permitted"),
      ("deny inspector", "Operation not permitted"),
    ])
  func `where doas refuses, each check says so in its words`(rule: String, words: String) async throws {
    let (frames, _) = try await run {
      $0.hidden = ["sudo"]
      $0.files.append(.init("/etc/doas.conf", rule, mode: "400"))
    }
    expectRefused(frames, words)
  }

  @Test func `a login that is root asks nobody`() async throws {
    var machine = PrivateMachine()
    machine.hidden = ["sudo", "doas"]
    let program = RemoteProgram.sample(Self.checks)
    let frames = program.frames(
      of: try await LocalShell(description: "root", command: machine.command(["sh"])).run(program))
    #expect(frames.isComplete)
    #expect(frames.outputs == ["0\n", "0\n", "0\n"])
  }

  @Test(.enabled(if: hasSudo, "no sudo"))
  func `root's checks see the same environment and parameters as the others`() async throws {
    let parameter = Check.Parameter(name: "max", type: "string", value: #"it's "$HOME" \n ''"#, meaning: "")
    let script =
      #"env | grep -v -e ^_= -e ^PWD= -e ^OLDPWD= -e ^TENKEN_CHECK= -e ^SHLVL= | LC_ALL=C sort; umask; pwd; cat"#
    let (frames, program) = try await run(
      [
        .sample("a.plain", script: script, parameters: [parameter]),
        .sample("b.root", script: script, privilege: .root, parameters: [parameter]),
      ], sudoers: "Defaults env_keep+=\"LANG\"\n\(Self.rule)")
    #expect(frames.isComplete)
    #expect(Set(frames.captures.map(\.stdout)).count == 1)
    #expect(frames.outputs.last?.contains("XCCDF_VALUE_max=it's \"$HOME\" \\n ''\n") == true)
    #expect(frames.outputs.last?.contains("TENKEN_NONCE=\(program.factNonce)\n") == true)
  }

  @Test func `a specimen is looked at without asking for root`() async throws {
    let (frames, _) = try await run(root: "/specimens/it's x")
    #expect(frames.isComplete)
    #expect(frames.captures.map(\.status) == [.exited(102), .exited(101), .exited(103)])
    #expect(frames.outputs == ["4711\n", "4711\n", "4711\n"])
  }

  @Test(.enabled(if: hasSudo, "no sudo"), arguments: ["", "Defaults use_pty\n"])
  func `what runs as root is killed at its deadline, with all that it started`(defaults: String) async throws {
    let (frames, program) = try await run(
      [
        .sample("a.hang", script: Leftover.script + "sleep 611", privilege: .root, timeout: .seconds(1)),
        .sample("b.leave", script: Leftover.script + "exit 101", privilege: .root),
        .sample("c.plain", script: "exit 101"),
      ], sudoers: defaults + Self.rule)
    #expect(frames.isComplete)
    #expect(frames.captures.map(\.status) == [.exited(101), .expired, .exited(101)])
    #expect(await Leftover.remaining(of: program) == [])
  }

  /// The worker is the child of the shell that sudo started.
  private static let killingWorker = """
    below=$$; process=$PPID
    while above=$(ps -o ppid= "$process" | tr -d ' '); [ "$(ps -o comm= "$above")" != sudo ]; do
    below=$process; process=$above
    done
    kill -s KILL "$below"
    """

  @Test(.enabled(if: hasSudo, "no sudo"))
  func `a shell of root's that dies leaves the terminal partial`() async throws {
    let (frames, _) = try await run(
      [
        .sample("a.root", script: "exit 101", privilege: .root), .sample("b.plain", script: "exit 101"),
        .sample("c.root", script: Self.killingWorker, privilege: .root),
        .sample("d.root", script: "exit 101", privilege: .root),
      ], sudoers: Self.rule)
    #expect(!frames.isComplete && frames.violation == nil)
    #expect(frames.captures.map(\.check) == ["b.plain", "a.root"])
  }

  /// What stands in the place of sudo may say anything, but without the nonce it cannot make a frame; one that read the
  /// program that it was given is a terminal that lies.
  @Test(
    .enabled(if: hasSudo, "no sudo"),
    arguments: [
      ("exec \"$@\"", "sudo does not give root"), ("echo 'b a.root'; echo 'I am root'", "said nothing"),
      ("cat >/dev/null; exit 0", "said nothing"), ("exit 1", "said nothing"),
      ("echo '00000000000000000000000000000000 root' >&2; cat >/dev/null", "00000000000000000000000000000000 root"),
      ("yes 'sudo: no' | head -c 100000 >&2", "sudo: no"), ("yes | tr -d '\\n' | head -c 100000 >&2", "yyyy"),
      ("printf 'sudo: no newline' >&2", "sudo: no newline"), ("kill -s KILL $$", "said nothing"),
    ])
  func `a sudo that is none makes no check pass`(script: String, words: String) async throws {
    let (frames, _) = try await run {
      let path = "\(PrivateMachine.directory)/sudo"
      $0.files.append(.init(path, "#!/bin/sh\n[ $1 = -n ] && shift\n\(script)", mode: "755"))
      $0.standIns = ["sudo": path]
    }
    expectRefused(frames, words)
  }

  @Test(.enabled(if: hasSudo, "no sudo"))
  func `a sudo that takes the program and runs none of it leaves the terminal partial`() async throws {
    let (frames, _) = try await run {
      let path = "\(PrivateMachine.directory)/sudo"
      let script = "n=$(sed -n 's/^tk_n=//p' | head -n 1); printf '\\n%s root\\n' \"$n\" >&2"
      $0.files.append(.init(path, "#!/bin/sh\n\(script)", mode: "755"))
      $0.standIns = ["sudo": path]
    }
    #expect(!frames.isComplete && frames.violation == nil)
    #expect(frames.captures.map(\.check) == ["b.plain"])
  }
}
