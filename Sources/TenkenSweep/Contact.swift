internal import TenkenModel
internal import TenkenTransport

/// One contact with one terminal: connect, run the program, read its frames.
struct Contact: Sendable {
  let endpoint: Endpoint
  let program: RemoteProgram
  let transport: any Transport
  let now: @Sendable () -> Timestamp
  /// Whether no retry is left after it.
  let isLastTry: Bool
  /// Whether none is left where it is slow.
  let isLastIfSlow: Bool
  /// Since the contact began.
  let elapsed: @Sendable () -> Duration
  /// Whether the system's ssh speaks only because the client of the site could not.
  let isFallback: Bool
  /// Whether the system's ssh is there for what this client cannot speak to.
  let canFallBack: Bool
  /// Why Tenken's own client could not speak to the terminal, where the system's ssh has taken over.
  let unsupported: String?

  /// Whether a contact that took so long, and may end better, held its slot for nothing but a deadline.
  private func isSlow(_ time: Duration, _ conclusion: Conclusion) -> Bool {
    conclusion.mayPass && time >= endpoint.limits.connectTimeout
  }

  /// Returns within the endpoint's deadlines, whatever the terminal does. Where the task was cancelled the end is not
  /// to be believed.
  ///
  /// - Parameter onSession: called once the terminal is logged in to.
  func attempt(onSession: @Sendable () -> Void = {}) async -> ContactEnd {
    let started = now()
    do {
      let (execution, evidence) = try await transport.withSession(on: endpoint) { session in
        endpoint.gauge?.enter(.run)
        onSession()
        return (await session.execute(program), session.evidence)
      }
      let frames = FrameCodec.decode(
        stdout: execution.stdout, stderr: execution.stderr, nonce: program.nonce, expecting: program.checks)
      let conclusion = Conclusion(of: execution, holding: frames, expecting: program.checks.count)
      let bytes = program.text.count + execution.stdout.count + execution.stderr.count
      return .ran(
        run(from: started, conclusion, evidence: evidence, captures: frames.captures),
        Cost(isSlow: isSlow(elapsed(), conclusion), bytes: bytes))
    } catch {
      let conclusion = Conclusion(of: error)
      let run = run(from: started, conclusion, evidence: error.evidence, captures: [])
      guard let gateway = error.gateway, endpoint.hops.contains(where: { $0.gateway.id == gateway }) else {
        return .ran(run, Cost(isSlow: isSlow(elapsed(), conclusion), bytes: nil))
      }
      return isFallback ? .fellShort(run) : .turnedBack(error, at: gateway)
    }
  }

  private func run(
    from started: Timestamp, _ conclusion: Conclusion, evidence: ContactEvidence, captures: [Capture]
  ) -> RemoteRun {
    let goesToOpenSSH = canFallBack && endpoint.client == .builtIn && conclusion.isForOpenSSH
    return RemoteRun(
      terminal: endpoint.terminal, attempt: endpoint.attempt, started: started, ended: now(),
      outcome: conclusion.outcome, reason: reason(of: conclusion, goesToOpenSSH: goesToOpenSSH),
      isFinal: !goesToOpenSSH
        && (!conclusion.mayPass || isLastTry || isLastIfSlow && isSlow(elapsed(), conclusion)),
      hostKey: evidence.hostKey, dialled: evidence.dialled, factNonce: program.factNonce.hex, captures: captures)
  }

  /// Where the system's ssh comes next, or had to come, both clients are told of.
  private func reason(of conclusion: Conclusion, goesToOpenSSH: Bool) -> String {
    if goesToOpenSSH { return conclusion.reason + Self.announcement }
    guard let unsupported, !conclusion.reason.isEmpty else { return conclusion.reason }
    let first =
      unsupported.hasSuffix(Self.announcement) ? String(unsupported.dropLast(Self.announcement.count)) : unsupported
    return "\(conclusion.reason) (the system's ssh; Tenken's own: \(first))"
  }

  private static let announcement = "; the system's ssh comes next"
}
