package import TenkenModel

/// The session of a scan for host keys: a host that has shown its key and was left before anything was shown to it. It
/// answers a program without checks as a terminal would, so that a sweep counts the host as inspected; it runs nothing.
package struct ScannedHost: Session {
  package let evidence: ContactEvidence

  /// - Parameter record: what the key is held against.
  package init(_ key: HostKey, on record: HostKeyRecord, dialled: String?) {
    evidence = ContactEvidence(hostKey: HostKeyEvidence(key, record.verdict(on: key).standing), dialled: dialled)
  }

  package func execute(_ program: RemoteProgram) async -> Execution {
    guard program.checks.isEmpty else {
      return Execution(stdout: [], stderr: [], ending: .refused("a scan for host keys runs no checks"))
    }
    var frames = FrameWriter(nonce: program.nonce)
    frames.addTrailer()
    return Execution(stdout: frames.stdout, stderr: frames.stderr, ending: .closed(exitStatus: 0))
  }
}
