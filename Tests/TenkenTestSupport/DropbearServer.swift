import Foundation

/// A real Dropbear on loopback for one test, with an account of its own: `withDropbear` starts it and ends it.
package struct DropbearServer: Sendable {
  package static let account = PrivateMachine.Account("kiosk")

  private static let program = "/usr/sbin/dropbear"
  private static let keyProgram = "/usr/bin/dropbearkey"

  /// `nil` where one can be had.
  package static let obstacle: String? =
    [program, keyProgram].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    ? PrivateMachine.obstacle : "the package dropbear-bin is not installed"

  package let port: UInt16
  /// `TYPE BASE64` of its ed25519 key.
  package let hostKey: String
  let process: ChildProcess
  private let output: ServerLog

  /// A line of known_hosts.
  package var knownHosts: String { "[127.0.0.1]:\(port) \(hostKey)\n" }

  /// All that it logged until now.
  package var log: String { output.text }

  /// Returns once the log holds `text`, or when the server has ended.
  package func waitForLog(_ text: String) async { await output.wait { $0.contains(text) } }

  /// - Parameter keys: lines of authorized_keys.
  static func start(keys: [String], in directory: URL) async throws -> DropbearServer {
    let file = directory.appending(path: "dropbear").path
    let words = try runTool(keyProgram, "-t", "ed25519", "-f", file).split(whereSeparator: \.isWhitespace)
    guard let type = words.firstIndex(of: "ssh-ed25519"), type + 1 < words.endIndex else {
      throw CocoaError(.featureUnsupported)
    }
    var machine = PrivateMachine()
    machine.accounts = [account]
    machine.files = [.init("\(account.home)/.ssh/authorized_keys", keys.joined(separator: "\n"), mode: "600")]
    let port = try freePort()
    let command = machine.command([program, "-F", "-E", "-p", "127.0.0.1:\(port)", "-r", file])
    let (read, write) = try ChildProcess.pipe()
    defer { close(write) }
    let output = ServerLog(reading: read)
    let process = try ChildProcess(command[0], Array(command.dropFirst()), output: write)
    let key = words[type...(type + 1)].joined(separator: " ")
    let server = DropbearServer(port: port, hostKey: key, process: process, output: output)
    // It says so when it listens.
    await server.waitForLog("Not backgrounding")
    return server
  }
}

/// Lends one that these keys, lines of authorized_keys, log in to as `DropbearServer.account`.
package func withDropbear<Value>(
  keys: [String], _ body: (DropbearServer) async throws -> Value
) async throws -> Value {
  try await withTemporaryDirectory { directory in
    let server = try await DropbearServer.start(keys: keys, in: directory)
    defer {
      for process in ProcessTree.descendants(of: server.process.identifier) { kill(process, SIGKILL) }
      server.process.signal(SIGKILL)
      server.process.wait()
    }
    return try await body(server)
  }
}
