/// What came of running a remote program: the bytes, and how the channel ended.
package struct Execution: Sendable {
  package enum Ending: Sendable, Hashable {
    /// Both streams were read to their end. The status is what the server said, `nil` where it said none; only the
    /// frames are believed.
    case closed(exitStatus: Int32?)
    /// The link or the channel went away.
    case lost(String)
    /// The deadline passed; the text names it: `300s (run)`.
    case expired(String)
    /// More bytes came than one terminal may send.
    case overBudget(String)
    /// The server opened no channel for it: it may have no room now (`MaxSessions`, a shortage), and the program was
    /// never given to it.
    case unopened(String)
    /// The server opened a channel and would not run it there.
    case refused(String)
  }

  package let stdout: [UInt8]
  package let stderr: [UInt8]
  package let ending: Ending

  package init(stdout: [UInt8], stderr: [UInt8], ending: Ending) {
    self.stdout = stdout
    self.stderr = stderr
    self.ending = ending
  }
}
