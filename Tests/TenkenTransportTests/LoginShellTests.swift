import Foundation
import TenkenModel
import TenkenSSH
import TenkenTestSupport
import TenkenTransport
import Testing

/// The login shell of an account comes between sshd and the remote program. Each here is a real one, of an account of
/// its own, on a real OpenSSH server.
@Suite(.timeLimit(.minutes(3)))
struct LoginShellTests {
  private static let checks: [Check] = [
    .sample("a.quotes", script: #"printf '%s|' "it's" '"' '\' '$HOME' '`id`' '!!' '%s' "ü" '#' ; exit 101"#),
    .sample("b.streams", script: "echo out; echo err >&2; umask; env; exit 102"),
  ]

  /// What came of it, by the name of the account.
  private func contact(
    _ accounts: [PrivateMachine.Account], files: [PrivateMachine.File] = [], _ checks: [Check] = Self.checks
  ) async throws -> [String: (execution: Execution, frames: Frames)] {
    var configuration = OpenSSHServer.Configuration()
    configuration.machine = PrivateMachine()
    configuration.machine?.accounts = accounts
    configuration.machine?.files = files
    // The first of these counts: no SHLVL, so that bash reads its start-up files.
    configuration.lines = ["SetEnv TENKEN_ROOT=/forged", "AcceptEnv none"]
    return try await withOpenSSHServer(configuration) { server in
      try await withSSHTransport(
        credentials: [credential("root", server)], knownHosts: KnownHosts(Array(server.knownHosts().utf8), file: "k"),
        environment: [:], now: Timestamp(milliseconds: 0)
      ) { transport in
        try await withThrowingTaskGroup { group in
          for account in accounts {
            group.addTask { (account.name, try await run(checks, as: account.name, on: server, over: transport)) }
          }
          return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
      }
    }
  }

  private func credential(_ user: String, _ server: OpenSSHServer) -> Credential {
    Credential(name: "default", user: user, identity: .file(server.clientKey))
  }

  private func run(
    _ checks: [Check], as user: String, on server: OpenSSHServer, over transport: any Transport
  ) async throws -> (execution: Execution, frames: Frames) {
    let endpoint = Endpoint(
      terminal: "here", site: "here", address: "127.0.0.1", port: server.port, credential: credential(user, server),
      networks: [.loopback], limits: Limits(loginTimeout: .seconds(60), runTimeout: .seconds(60)))
    let program = RemoteProgram.sample(checks)
    let execution = try await transport.withSession(on: endpoint) { await $0.execute(program) }
    return (execution, program.frames(of: execution))
  }

  private func expectWhole(_ frames: Frames, _ name: String) {
    #expect(frames.isComplete && frames.violation == nil, "\(name)")
    #expect(frames.captures.map(\.status) == [.exited(101), .exited(102)], "\(name)")
    #expect(frames.outputs.first == #"it's|"|\|$HOME|`id`|!!|%s|ü|#|"#, "\(name)")
    #expect(frames.outputs.last?.hasPrefix("out\n0077\n") == true, "\(name)")
    #expect(frames.outputs.last?.contains("forged") == false, "\(name)")
    #expect(frames.outputs.last?.contains("ODD") == false, "\(name)")
    #expect(frames.complaints == ["", "err\n"], "\(name)")
  }

  private static let shells = [
    "/bin/sh", "/bin/bash", "/usr/bin/mksh", "/usr/bin/fish", "/usr/bin/tcsh", "/bin/csh", "/usr/bin/zsh",
  ].filter { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(.onPrivateMachine) func `the program runs whatever the login shell is, however noisy its start-up file`()
    async throws
  {
    let noise = "echo 'Welcome!'; echo noise >&2"
    var files: [PrivateMachine.File] = []
    var accounts: [PrivateMachine.Account] = []
    for (number, shell) in Self.shells.enumerated() {
      let account = PrivateMachine.Account("user\(number)", shell: shell, uid: 4711 + number)
      accounts.append(account)
      for file in [".bashrc", ".zshenv", ".cshrc", ".tcshrc", ".config/fish/config.fish"] {
        // Comments of the shells without a way to write to stderr alike.
        let text = file.contains("cshrc") ? "echo 'Welcome!'" : noise
        files.append(.init("\(account.home)/\(file)", text))
      }
    }
    let came = try await contact(accounts, files: files)
    for (account, shell) in zip(accounts, Self.shells) {
      let (execution, frames) = try #require(came[account.name])
      #expect(execution.ending == .closed(exitStatus: 0), "\(shell)")
      expectWhole(frames, shell)
      // dash and mksh read no start-up file for a command.
      let isQuiet = shell == "/bin/sh" || shell.hasSuffix("mksh")
      #expect(String(decoding: execution.stdout, as: UTF8.self).contains("Welcome!") == !isQuiet, "\(shell)")
    }
  }

  /// Start-up files of bash, all of which somebody has.
  private static let startups: [(text: String, runs: Bool)] = [
    ("set -e; set -u", true), ("alias cat=false printf=false sh=false env=false; cat() { false; }", true),
    ("cd /nowhere", true), ("umask 777", true), ("unset PATH", true), ("PATH=/nowhere", true),
    ("export IFS=t PS4=ODD LC_ALL=ODD LANG=ODD", true), ("export BASH_ENV=~/.bashrc ENV=~/.bashrc ODD=1", true),
    ("export PATH=/nowhere LD_LIBRARY_PATH=/nowhere", true), ("trap 'echo ODD' EXIT", true),
    ("exec 3>&1 4>&2 9>/dev/null", true), ("set -o posix; set -o noglob; shopt -s nocasematch", true),
    ("ulimit -c 0; ulimit -n 64", true), ("exec </dev/null", false), ("cat >/dev/null", false),
    ("read -r line", false), ("head -c 100 >/dev/null", false), ("exec sh", false), ("exec mksh", false),
    ("exec fish", false), ("exec tcsh", false), ("exit 3", false), ("set -e; false", false),
    ("exec >/dev/null", false), ("echo 'Change your password now!'; exit 1", false),
  ]

  @Test(.onPrivateMachine) func `a start-up file changes nothing, or nothing runs`() async throws {
    let accounts = Self.startups.indices.map {
      PrivateMachine.Account("user\($0)", shell: "/bin/bash", uid: 4711 + $0)
    }
    let files = zip(accounts, Self.startups).map { PrivateMachine.File("\($0.home)/.bashrc", $1.text) }
    let came = try await contact(accounts, files: files)
    for (account, startup) in zip(accounts, Self.startups) {
      let (execution, frames) = try #require(came[account.name])
      if startup.runs {
        expectWhole(frames, startup.text)
      } else {
        #expect(!frames.hasBegun || !frames.isComplete, "\(startup.text)")
        #expect(frames.captures.isEmpty && frames.violation == nil, "\(startup.text)")
        let output = String(decoding: execution.stdout + execution.stderr, as: UTF8.self)
        #expect(!output.contains("it's|"), "\(startup.text)")
        guard case .closed = execution.ending else {
          Issue.record("\(startup.text) ended otherwise: \(execution.ending)")
          continue
        }
      }
    }
  }

  @Test(.onPrivateMachine) func `a program whose beginning was eaten says so`() async throws {
    let account = PrivateMachine.Account("user", shell: "/bin/bash")
    let came = try await contact([account], files: [.init("\(account.home)/.bashrc", "read -r line")])
    let words = String(decoding: came["user"]?.execution.stderr ?? [], as: UTF8.self)
    #expect(words.hasPrefix("the program did not arrive whole"))
  }

  /// A shell that lets nobody in, and what it says.
  private static let refusals = [
    ("/bin/rbash", "restricted"), ("/usr/sbin/nologin", "not available"), ("/bin/false", ""),
    ("/usr/bin/git-shell", "unrecognized command"), ("/mnt/windows", "is not recognized as an internal"),
    ("/bin/cat", "invalid option"), ("/usr/bin/python3-is-not-here", ""),
  ].filter { $0.0.hasPrefix("/mnt") || FileManager.default.isExecutableFile(atPath: $0.0) }

  @Test(.onPrivateMachine) func `a login shell that runs no commands leaves its words and no frames`() async throws {
    let accounts = Self.refusals.enumerated().map { number, refusal in
      PrivateMachine.Account("user\(number)", shell: refusal.0, uid: 4711 + number)
    }
    let windows = "#!/bin/sh\necho \"'$2' is not recognized as an internal or external command\" >&2; exit 1"
    let came = try await contact(accounts, files: [.init("/mnt/windows", windows, mode: "755")])
    for (account, refusal) in zip(accounts, Self.refusals) {
      let (execution, frames) = try #require(came[account.name])
      #expect(!frames.hasBegun, "\(refusal.0)")
      guard case .closed(let status) = execution.ending else {
        Issue.record("\(refusal.0) ended otherwise: \(execution.ending)")
        continue
      }
      #expect(status != 0, "\(refusal.0)")
      let words = String(decoding: execution.stdout + execution.stderr, as: UTF8.self)
      #expect(refusal.1.isEmpty || words.contains(refusal.1), "\(refusal.0) said \(words)")
    }
  }

  /// For those who cannot give a server accounts of its own: the user's login shell hands the command to another, which
  /// parses it.
  @Test(
    .enabled(if: OpenSSHServer.executable != nil, "no sshd"),
    arguments: ["fish", "tcsh", "csh", "zsh", "mksh"].filter {
      FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)")
    })
  func `another shell that a forced command puts in between parses it as well`(shell: String) async throws {
    var configuration = OpenSSHServer.Configuration()
    configuration.lines = ["ForceCommand \(shell) -c \"$SSH_ORIGINAL_COMMAND\""]
    try await withOpenSSHServer(configuration) { server in
      let frames = try await withSSHTransport(
        credentials: [credential(server.user, server)],
        knownHosts: KnownHosts(Array(server.knownHosts().utf8), file: "k"), environment: [:],
        now: Timestamp(milliseconds: 0)
      ) { try await run(Self.checks, as: server.user, on: server, over: $0).frames }
      expectWhole(frames, shell)
    }
  }
}
