package import Foundation

/// A real OpenSSH server on loopback for one test: `withOpenSSHServer` starts it and ends it.
///
/// It logs in whoever runs the tests (as an ordinary user, a server logs in nobody else) with the key at
/// `clientKey`, an ed25519 one without a passphrase.
package final class OpenSSHServer: Sendable {
  package struct Configuration: Sendable {
    /// Loopback addresses to listen on, all on one port. `0.0.0.0` serves every address of 127/8.
    package var addresses = ["127.0.0.1"]
    /// As ssh-keygen(1) takes them after `-t`: `ed25519`, `ecdsa`, `rsa`.
    package var hostKeyTypes = ["ed25519"]
    /// Further lines of sshd_config(5), before the others: the first value of a keyword counts.
    package var lines: [String] = []
    /// Further lines of authorized_keys.
    package var authorizedKeys: [String] = []
    /// `DEBUG1` shows every authentication request.
    package var logLevel = "VERBOSE"
    /// A machine of its own, whose accounts the key logs in to as well.
    package var machine: PrivateMachine?

    package init() {}
  }

  /// Where an OpenSSH server is looked for; `nil` where the package openssh-server is not installed.
  package static let executable = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  package let port: UInt16
  package let directory: URL
  package let process: ChildProcess
  let output: ServerLog

  init(port: UInt16, directory: URL, process: ChildProcess, output: ServerLog) {
    self.port = port
    self.directory = directory
    self.process = process
    self.output = output
  }

  package var user: String { NSUserName() }
  package var clientKey: String { directory.appending(path: "client").path }

  /// Everything that the server and its children logged until now.
  package var log: String { output.text }

  /// Returns once the log holds `text`, or when the server has ended.
  package func waitForLog(_ text: String) async { await output.wait { $0.contains(text) } }

  /// `TYPE BASE64` of one of the host's keys, as it stands in known_hosts.
  package func hostKey(_ type: String = "ed25519") throws -> String {
    let line = try String(contentsOf: directory.appending(path: "host_\(type).pub"), encoding: .utf8)
    return line.split(separator: " ").prefix(2).joined(separator: " ").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Known_hosts lines for `address`, one for each host key.
  package func knownHosts(for address: String = "127.0.0.1") throws -> String {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
      .filter { $0.hasPrefix("host_") && $0.hasSuffix(".pub") }
      .map { "[\(address)]:\(port) \(try hostKey(String($0.dropFirst(5).dropLast(4))))\n" }.joined()
  }

  /// Processes that serve a connection now, and what they run.
  package var children: [Int32] { ProcessTree.descendants(of: process.identifier) }
}
