import Foundation

/// A private ssh-agent for one test: `withSSHAgent` starts it, with these keys, and ends it.
package struct SSHAgent: Sendable {
  /// What `SSH_AUTH_SOCK` is to be.
  package let socket: String
  package let identifier: Int32

  /// The agent is gone from now on.
  package func kill() { _ = Foundation.kill(identifier, SIGKILL) }
}

/// - Parameters:
///   - socket: where it listens; by default in a directory of its own.
///   - options: of ssh-add(1), for all keys.
///   - environment: of the agent, beside that of the tests.
package func withSSHAgent<Value>(
  at socket: String? = nil, keys: [String], options: [String] = [], environment: [String: String] = [:],
  _ body: (SSHAgent) async throws -> Value
) async throws -> Value {
  try await withTemporaryDirectory { directory in
    let socket = socket ?? directory.appending(path: "agent").path
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Without -D it listens before it goes to the background, and says who it is.
    let words = try runTool("/usr/bin/ssh-agent", ["-a", socket], environment: variables)
    guard let match = words.firstMatch(of: /SSH_AGENT_PID=(\d+)/), let identifier = Int32(match.1) else {
      throw CocoaError(.featureUnsupported)
    }
    let agent = SSHAgent(socket: socket, identifier: identifier)
    defer { agent.kill() }
    for key in keys {
      try runTool("/usr/bin/ssh-add", ["-q"] + options + [key], environment: ["SSH_AUTH_SOCK": socket])
    }
    return try await body(agent)
  }
}
