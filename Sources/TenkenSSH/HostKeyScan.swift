import TenkenModel
package import TenkenTransport

/// Contacts that ask a host for its key and leave before anything is shown to it.
///
/// What is on record restricts nothing: all types of keys that Tenken speaks are offered, and the host proves the one
/// of them that Tenken likes best. The session that is lent answers a program without checks as a terminal would, so
/// that a sweep counts the terminal as inspected; it runs nothing.
package struct HostKeyScan: Transport {
  let transport: SSHTransport
  let found: @Sendable (ID<Terminal>, HostKey) -> Void

  package func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    let nothing = KnownHosts([], file: "").record(host: endpoint.address, port: endpoint.port)
    let session = try await transport.withConnection(to: endpoint, nothing) { connection throws(ContactFailure) in
      let key = try await connection.scan()
      let standing = transport.record(of: endpoint).verdict(on: key).standing
      let dialled = await connection.evidence.dialled
      found(endpoint.terminal, key)
      return ScannedHost(
        evidence: ContactEvidence(hostKey: HostKeyEvidence(key, standing), dialled: dialled))
    }
    return await body(session)
  }

  /// A host that has shown its key and was left.
  private struct ScannedHost: Session {
    let evidence: ContactEvidence

    func execute(_ program: RemoteProgram) async -> Execution {
      guard program.checks.isEmpty else {
        return Execution(stdout: [], stderr: [], ending: .refused("a scan for host keys runs no checks"))
      }
      var frames = FrameWriter(nonce: program.nonce)
      frames.addTrailer()
      return Execution(stdout: frames.stdout, stderr: frames.stderr, ending: .closed(exitStatus: 0))
    }
  }
}
