package import TenkenTransport

/// A terminal that is logged in to over SSH. It runs one command at a time.
package struct SSHSession: Session {
  let connection: SSHConnection
  package let evidence: ContactEvidence

  package func execute(_ program: RemoteProgram) async -> Execution {
    await run(command: RemoteProgram.command, stdin: program.text, capacity: program.longestOutput)
  }

  /// Runs a command of the login shell with these bytes on its standard input.
  ///
  /// - Parameter capacity: bytes of each of stdout and stderr that are waited for; by default no fewer than the terminal
  ///   may send in all.
  package func run(command: String, stdin: consuming [UInt8], capacity: Int = .max) async -> Execution {
    await connection.run(command, stdin: stdin, capacity: capacity)
  }
}
