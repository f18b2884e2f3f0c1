internal import TenkenModel
internal import TenkenTransport

/// One contact with one terminal: connect, run the program, read its frames.
struct Contact: Sendable {
  let endpoint: Endpoint
  let program: RemoteProgram
  let transport: any Transport
  let now: @Sendable () -> Timestamp

  /// Returns within the endpoint's deadlines, whatever the terminal does. Where the task was cancelled the run is
  /// not to be believed.
  func attempt() async -> RemoteRun {
    let started = now()
    do {
      let (execution, evidence) = try await transport.withSession(on: endpoint) { session in
        (await session.execute(program), session.evidence)
      }
      let frames = FrameCodec.decode(
        stdout: execution.stdout, stderr: execution.stderr, nonce: program.nonce, expecting: program.checks)
      let conclusion = Conclusion(of: execution, holding: frames, expecting: program.checks.count)
      return run(from: started, conclusion, evidence: evidence, captures: frames.captures)
    } catch {
      return run(from: started, Conclusion(of: error), evidence: error.evidence, captures: [])
    }
  }

  private func run(
    from started: Timestamp, _ conclusion: Conclusion, evidence: ContactEvidence, captures: [Capture]
  ) -> RemoteRun {
    RemoteRun(
      terminal: endpoint.terminal, attempt: endpoint.attempt, started: started, ended: now(),
      outcome: conclusion.outcome, reason: conclusion.reason,
      isFinal: !conclusion.mayPass || endpoint.attempt > endpoint.limits.retries,
      hostKey: evidence.hostKey, dialled: evidence.dialled, factNonce: program.factNonce.hex, captures: captures)
  }
}
