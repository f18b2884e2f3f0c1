import Foundation
import TenkenLocal
import TenkenModel
import TenkenTransport

/// A shell of this machine that stands in for a terminal's `/bin/sh`.
struct LocalShell: CustomStringConvertible, Sendable {
  let description: String
  /// The words that start it, and what makes its own tools come first in the PATH.
  let command: [String]

  /// Those of the four that are installed.
  static let installed: [LocalShell] = [
    LocalShell(description: "dash", command: ["dash"]),
    LocalShell(description: "bash", command: ["bash", "--posix"]),
    LocalShell(description: "busybox", command: ["busybox", "sh"]),
    LocalShell(description: "mksh", command: ["mksh"]),
  ].filter { shell in
    ["/bin", "/usr/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(shell.command[0])") }
  }

  /// Runs `program` here in place of a terminal.
  func run(_ program: RemoteProgram) async throws -> Execution {
    let endpoint = Endpoint(
      terminal: "here", site: "here", address: "127.0.0.1", port: 22,
      credential: Credential(name: "none", user: "nobody", identity: .agent),
      limits: Limits(runTimeout: .seconds(120)))
    return try await LocalTransport(shell: command).withSession(on: endpoint) { await $0.execute(program) }
  }
}
