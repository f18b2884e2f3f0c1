/// One attempt as the sweep saw it: how the contact ended, and what came between the frames. Raw bytes, no verdict.
package struct RemoteRun: Sendable {
  package let terminal: ID<Terminal>
  /// 1 for the first.
  package let attempt: Int
  package let started: Timestamp
  package let ended: Timestamp
  package let outcome: Outcome
  /// For people, never empty where the outcome is not `inspected`: `connection refused`, `no trailer`.
  package let reason: String
  /// Whether no further attempt follows in this run of the sweep.
  package let isFinal: Bool
  package let hostKey: HostKeyEvidence?
  /// The socket address that was dialled: `127.20.0.7:2200`.
  package let dialled: String?
  /// What the checks that see it were told to put before their facts.
  package let factNonce: String
  /// In the order in which the checks ran; only those whose end frame came.
  package let captures: [Capture]

  package init(
    terminal: ID<Terminal>, attempt: Int, started: Timestamp, ended: Timestamp, outcome: Outcome, reason: String,
    isFinal: Bool, hostKey: HostKeyEvidence?, dialled: String?, factNonce: String, captures: [Capture]
  ) {
    self.terminal = terminal
    self.attempt = attempt
    self.started = started
    self.ended = ended
    self.outcome = outcome
    self.reason = reason
    self.isFinal = isFinal
    self.hostKey = hostKey
    self.dialled = dialled
    self.factNonce = factNonce
    self.captures = captures
  }
}

/// What one check said on one terminal, between its two frames.
package struct Capture: Sendable, Hashable {
  package enum Status: Sendable, Hashable {
    /// The shell's `$?`: an exit status, or 128 and a signal.
    case exited(Int)
    /// Killed at the check's deadline.
    case expired
    /// Not run, or killed before its own deadline: the time of the whole program was over.
    case cut
    /// Not run: this program is not on the terminal.
    case lacksProgram(String)
    /// Not run: the terminal is none of the distributions that the check is for.
    case otherSystem
    /// Not run: it needs root, and the login is not root. What sudo(8) or doas(1) said stands on stderr.
    case lacksRoot
  }

  package let check: ID<Check>
  /// Of the script that ran, as the frame names it; equal to the catalogue's, or the frame is not believed.
  package let digest: Digest
  package let status: Status
  /// `nil` where the terminal could not tell.
  package let milliseconds: Int?
  package let stdout: [UInt8]
  package let stderr: [UInt8]

  package init(
    check: ID<Check>, digest: Digest, status: Status, milliseconds: Int?, stdout: [UInt8], stderr: [UInt8]
  ) {
    self.check = check
    self.digest = digest
    self.status = status
    self.milliseconds = milliseconds
    self.stdout = stdout
    self.stderr = stderr
  }
}
