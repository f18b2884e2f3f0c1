import TenkenModel
import TenkenTransport

/// A transport that says of each terminal what a test wants.
struct CannedTransport: Transport {
  /// What a check wrote, and how it ended.
  struct Answer: Sendable {
    var status = Capture.Status.exited(108)
    /// `NONCE` stands for what the check was told to put before its facts.
    var stdout = ""
    var stderr = ""
  }

  /// A terminal that was reached.
  struct Host: Sendable {
    var hostKey: HostKeyEvidence? = HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: .recorded)
    /// By check; one that is not named has no frame, nor has any after it.
    var answers: [ID<Check>: Answer] = [:]
  }

  let host: @Sendable (Endpoint) -> Result<Host, ContactFailure>

  func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    await body(CannedSession(host: try host(endpoint).get()))
  }

  private struct CannedSession: Session {
    let host: Host
    var evidence: ContactEvidence { ContactEvidence(hostKey: host.hostKey, dialled: "10.0.0.1:22") }

    func execute(_ program: RemoteProgram) async -> Execution {
      var frames = FrameWriter(nonce: program.nonce)
      for check in program.checks {
        guard let answer = host.answers[check.id] else {
          return Execution(stdout: frames.stdout, stderr: frames.stderr, ending: .lost("reset"))
        }
        let stdout = answer.stdout.replacing("NONCE", with: program.factNonce.hex)
        frames.add(
          check, status: answer.status, milliseconds: 1, stdout: Array(stdout.utf8), stderr: Array(answer.stderr.utf8))
      }
      frames.addTrailer()
      return Execution(stdout: frames.stdout, stderr: frames.stderr, ending: .closed(exitStatus: 0))
    }
  }
}
