/// Who speaks SSH to a terminal.
package enum SSHClient: String, Sendable, Hashable, Codable, CaseIterable {
  /// Tenken itself, through libssh2.
  case builtIn = "ssh"
  /// The system's ssh(1): slower, and able to speak what libssh2 cannot.
  case openSSH = "openssh"
}
