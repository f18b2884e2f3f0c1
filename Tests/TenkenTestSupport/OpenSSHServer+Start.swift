import Foundation

/// Starts a server, lends it to `body` once it accepts connections, and kills it with everything that it started.
package func withOpenSSHServer<Value>(
  _ configuration: OpenSSHServer.Configuration = .init(), _ body: (OpenSSHServer) async throws -> Value
) async throws -> Value {
  try await withTemporaryDirectory { directory in
    let server = try await OpenSSHServer.start(configuration, in: directory)
    defer {
      let children = server.children
      server.process.signal(SIGKILL)
      for process in children + ProcessTree.sessions(onPort: server.port) { kill(process, SIGKILL) }
      server.process.wait()
    }
    return try await body(server)
  }
}

extension OpenSSHServer {
  /// Kills it with its connections: nobody listens on its port from now on.
  package func stop() async {
    let children = children
    process.signal(SIGKILL)
    for child in children { kill(child, SIGKILL) }
    while process.isRunning { await Task.yield() }
  }

  /// After `stop`: the same once more, on the same port and with the same keys, until `body` returns.
  package func whileRunningAgain<Value>(_ body: () async throws -> Value) async throws -> Value {
    guard let executable = Self.executable else { throw NotStarted(log: "") }
    let (read, write) = try ChildProcess.pipe()
    let output = ServerLog(reading: read)
    let again: ChildProcess
    do {
      defer { close(write) }
      let file = directory.appending(path: "sshd_config").path
      again = try ChildProcess(executable, ["-D", "-e", "-f", file], output: write)
    }
    defer {
      let children = ProcessTree.descendants(of: again.identifier)
      again.signal(SIGKILL)
      for child in children { kill(child, SIGKILL) }
      again.wait()
    }
    await output.wait { $0.contains("Server listening") }
    guard output.text.contains("Server listening") else { throw NotStarted(log: output.text) }
    return try await body()
  }

  /// What kept a server from starting: its log.
  package struct NotStarted: Error { package let log: String }

  /// Ports are taken from the kernel and may be lost to another process before sshd binds them: then once more.
  static func start(_ configuration: Configuration, in directory: URL) async throws -> OpenSSHServer {
    guard let executable else { throw NotStarted(log: "the package openssh-server is not installed") }
    try makeKeys(configuration, in: directory)
    if getuid() == 0 { try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true) }
    var log = ""
    for _ in 0..<5 {
      let server = try launch(executable, configuration, port: freePort(), in: directory)
      await server.output.wait { $0.contains("Server listening") }
      if server.process.isRunning, server.log.contains("Server listening") { return server }
      log = server.log
      server.process.signal(SIGKILL)
      server.process.wait()
    }
    throw NotStarted(log: log)
  }

  private static func launch(
    _ executable: String, _ configuration: Configuration, port: UInt16, in directory: URL
  ) throws -> OpenSSHServer {
    let file = directory.appending(path: "sshd_config")
    try text(configuration, port: port, in: directory).write(to: file, atomically: true, encoding: .utf8)
    let (read, write) = try ChildProcess.pipe()
    defer { close(write) }
    let output = ServerLog(reading: read)
    let process = try start([executable, "-D", "-e", "-f", file.path], on: configuration.machine, in: directory, write)
    return OpenSSHServer(port: port, directory: directory, process: process, output: output)
  }

  private static func start(
    _ words: [String], on machine: PrivateMachine?, in directory: URL, _ output: Int32
  ) throws -> ChildProcess {
    guard var machine else { return try ChildProcess(words[0], Array(words.dropFirst()), output: output) }
    let keys = try String(contentsOf: directory.appending(path: "authorized_keys"), encoding: .utf8)
    machine.files.append(.init(keysOfMachine, keys))
    let command = machine.command(words)
    return try ChildProcess(command[0], Array(command.dropFirst()), output: output)
  }

  /// Where every account of a private machine can read it, which the directory of the server is not.
  private static let keysOfMachine = "/etc/ssh/authorized_keys"

  private static func text(_ configuration: Configuration, port: UInt16, in directory: URL) -> String {
    let hostKeys = configuration.hostKeyTypes.map { "HostKey \(directory.path)/host_\($0)" }
    let listen = configuration.addresses.map { "ListenAddress \($0)" }
    let lines =
      configuration.lines + ["Port \(port)"] + listen + hostKeys + [
        "LogLevel \(configuration.logLevel)", "PidFile none", "UsePAM no", "StrictModes no",
        "AuthorizedKeysFile \(directory.path)/authorized_keys \(keysOfMachine)", "PermitRootLogin prohibit-password",
        "PasswordAuthentication no", "KbdInteractiveAuthentication no", "MaxStartups 1000", "UseDNS no",
        // A bash that is no first-level shell leaves out ~/.bashrc, which may take its time.
        "SetEnv SHLVL=2",
      ] + (knowsPenalties ? ["PerSourcePenalties no"] : [])
    return lines.joined(separator: "\n") + "\n"
  }

  /// OpenSSH 9.8 and newer make a source that failed to log in wait; the keyword is an error before.
  private static let knowsPenalties: Bool = {
    guard let executable, let version = try? runTool(executable, "-V").firstMatch(of: /OpenSSH_(\d+)\.(\d+)/) else {
      return false
    }
    return (Int(version.1) ?? 0, Int(version.2) ?? 0) >= (9, 8)
  }()

  private static func makeKeys(_ configuration: Configuration, in directory: URL) throws {
    for type in configuration.hostKeyTypes {
      try makeKey(directory.appending(path: "host_\(type)").path, "-t", type)
    }
    let client = directory.appending(path: "client").path
    try makeKey(client, "-t", "ed25519")
    let line = try String(contentsOfFile: client + ".pub", encoding: .utf8)
    try ([line] + configuration.authorizedKeys).joined(separator: "\n")
      .write(to: directory.appending(path: "authorized_keys"), atomically: true, encoding: .utf8)
  }

  /// A key pair without a passphrase at `path` and `path.pub`, by ssh-keygen(1) with these further options.
  package static func makeKey(_ path: String, _ options: String...) throws {
    _ = try runTool("/usr/bin/ssh-keygen", ["-q", "-N", "", "-C", "test", "-f", path] + options)
  }
}
