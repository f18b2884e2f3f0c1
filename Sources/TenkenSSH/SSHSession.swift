package import TenkenTransport

/// A terminal that is logged in to over SSH. It runs one command at a time.
package struct SSHSession: Session {
  let connection: SSHConnection
  package let evidence: ContactEvidence

  package func execute(_ program: RemoteProgram) async -> Execution {
    await run(command: RemoteProgram.command, stdin: program.text)
  }

  /// Runs a command of the login shell with these bytes on its standard input.
  package func run(command: String, stdin: [UInt8]) async -> Execution {
    await connection.run(command, stdin: stdin)
  }
}
