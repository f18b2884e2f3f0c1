import Foundation
import TenkenModel
import TenkenSSH
import TenkenTestSupport
import TenkenTransport
import Testing

/// Nothing goes on on a terminal once the station has gone, looked for on a real OpenSSH server.
@Suite(.enabled(if: OpenSSHServer.executable != nil, "no sshd"), .timeLimit(.minutes(3)))
struct LostStationTests {
  private static let hanging = Leftover.script + "echo begun; sleep 611; exit 101"

  /// Runs the program until its check has begun, and then drops the connection.
  private func abandon(
    _ program: RemoteProgram, as user: String? = nil, _ configuration: OpenSSHServer.Configuration = .init(),
    _ body: (OpenSSHServer) async throws -> Void
  ) async throws {
    try await withOpenSSHServer(configuration) { server in
      let credential = Credential(name: "default", user: user ?? server.user, identity: .file(server.clientKey))
      let endpoint = Endpoint(
        terminal: "here", site: "here", address: "127.0.0.1", port: server.port, credential: credential,
        networks: [.loopback], limits: Limits(runTimeout: .seconds(600)))
      let knownHosts = KnownHosts(Array(try server.knownHosts().utf8), file: "known_hosts")
      try await withSSHTransport(
        credentials: [credential], knownHosts: knownHosts, environment: [:], now: Timestamp(milliseconds: 0)
      ) { transport in
        await withTaskGroup(of: String?.self) { group in
          group.addTask { await Self.ending(of: program, on: endpoint, over: transport) }
          // The transport lends its event loop to who waits for it: looking must not keep it busy.
          group.addTask(executorPreference: globalConcurrentExecutor) {
            await Leftover.begin(of: program)
            return nil
          }
          if let early = await group.next() ?? nil { Issue.record("it ended before its check had begun: \(early)") }
          group.cancelAll()
        }
      }
      try await body(server)
    }
  }

  private static func ending(of program: RemoteProgram, on endpoint: Endpoint, over transport: SSHTransport) async
    -> String
  {
    do throws(ContactFailure) {
      return try await transport.withSession(on: endpoint) { "\(await $0.execute(program).ending)" }
    } catch {
      return "\(error.outcome): \(error.reason)"
    }
  }

  @Test func `a connection that dies in mid-check takes the check with it`() async throws {
    let program = RemoteProgram.sample([.sample("a", script: Self.hanging, timeout: .seconds(600))])
    try await abandon(program) { server in
      #expect(await Leftover.remaining(of: program, patience: .seconds(30)) == [])
      #expect(await shells(of: server) == [])
    }
  }

  @Test func `behind a shell that stays in between, the check's deadline ends it`() async throws {
    var configuration = OpenSSHServer.Configuration()
    configuration.lines = ["ForceCommand sh -c \"$SSH_ORIGINAL_COMMAND; :\"; :"]
    let program = RemoteProgram.sample([.sample("a", script: Self.hanging, timeout: .seconds(3))])
    try await abandon(program, configuration) { server in
      #expect(await Leftover.remaining(of: program, patience: .seconds(30)) == [])
      #expect(await shells(of: server) == [])
    }
  }

  @Test(.onPrivateMachine, .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sudo"), "no sudo"))
  func `what runs as root ends as well when the connection dies`() async throws {
    var configuration = OpenSSHServer.Configuration()
    configuration.machine = PrivateMachine()
    configuration.machine?.accounts = [PrivateMachine.Account("inspector")]
    configuration.machine?.files = [.init("/etc/sudoers", "inspector ALL=(root) NOPASSWD: /bin/sh", mode: "440")]
    let program = RemoteProgram.sample([
      .sample("a", script: Self.hanging, privilege: .root, timeout: .seconds(600))
    ])
    try await abandon(program, as: "inspector", configuration) { server in
      #expect(await Leftover.remaining(of: program, patience: .seconds(30)) == [])
      #expect(await shells(of: server) == [])
    }
  }

  /// A client that stays and reads no longer: no process of the server ever ends by it.
  @Test func `the program ends at its deadline though nobody reads what it says`() async throws {
    let program = RemoteProgram.sample(
      [
        .sample("a", script: Leftover.script + "yes & yes >&2; sleep 611", timeout: .seconds(600), outputLimit: 1 << 30)
      ],
      deadline: .seconds(6))
    try await withOpenSSHServer { server in
      let client = try client(of: server, running: program)
      defer {
        client.signal(SIGKILL)
        client.wait()
      }
      await Leftover.begin(of: program)
      client.signal(SIGSTOP)
      #expect(await Leftover.remaining(of: program, patience: .seconds(60)) == [])
      #expect(await shells(of: server) == [])
      #expect(!server.children.isEmpty, "the connection is still there")
    }
  }

  /// ssh(1), whose output goes into a pipe that nobody reads.
  private func client(of server: OpenSSHServer, running program: RemoteProgram) throws -> ChildProcess {
    let input = server.directory.appending(path: "program")
    try Data(program.text).write(to: input)
    let known = server.directory.appending(path: "known")
    try server.knownHosts().write(to: known, atomically: true, encoding: .utf8)
    let options = [
      "-F", "none", "-i", server.clientKey, "-o", "IdentitiesOnly=yes", "-o", "UserKnownHostsFile=\(known.path)",
      "-o", "BatchMode=yes", "-p", "\(server.port)", "\(server.user)@127.0.0.1",
    ]
    let (_, write) = try ChildProcess.pipe()
    let line = "exec ssh \"$@\" <'\(input.path)'"
    return try ChildProcess(
      "/bin/sh", ["-c", line, "ssh"] + options + [RemoteProgram.command], output: write)
  }

  /// What the server's sessions run that is no sshd, once it is nothing or after some time.
  private func shells(of server: OpenSSHServer) async -> [String] {
    func running() -> [String] {
      server.children.compactMap { try? String(contentsOfFile: "/proc/\($0)/comm", encoding: .utf8) }
        .filter { !$0.hasPrefix("sshd") }
    }
    let end = ContinuousClock.now.advanced(by: .seconds(20))
    while ContinuousClock.now < end, !running().isEmpty, !Task.isCancelled { await Task.yield() }
    return running()
  }
}
