internal import Subprocess
internal import SystemPackage
internal import TenkenCrypto
internal import TenkenModel
internal import TenkenTransport

/// One contact: one ssh(1) to the terminal, over the jump hosts on the way.
struct ClientContact: Sendable {
  let configuration: ClientConfiguration
  let terminal: ID<Terminal>
  let limits: Limits
  /// Where its directory is made.
  let base: String
  let searchPath: String
  let clock: any Clock<Duration>
  var gauge: PhaseGauge? = nil

  private var legs: [Leg] { configuration.legs }
  private var target: Leg { configuration.legs[configuration.legs.count - 1] }

  /// Why there was no session, with the key that the terminal showed where it came so far.
  struct Failed: Error {
    let failure: ContactFailure
    let shown: HostKey?
    /// Whether the first host of the way was reached.
    let hasLink: Bool

    /// The terminal showed this key, and another one earlier.
    func showingAnother(_ key: HostKey) -> Failed {
      let evidence = HostKeyEvidence(key, .mismatch)
      return Failed(
        failure: ContactFailure(
          .hostKeyMismatch, "the host shows \(key.type) \(key.fingerprint), another key than it showed before",
          evidence: ContactEvidence(hostKey: evidence, dialled: failure.evidence.dialled)), shown: key, hasLink: true)
    }
  }

  /// The same with a key that the terminal showed, as the only one that it may show.
  func accepting(_ key: HostKey) -> ClientContact {
    var legs = legs
    legs[legs.count - 1].accepted = key
    return ClientContact(
      configuration: ClientConfiguration(
        legs: legs, program: configuration.program, userLines: configuration.userLines, nonce: configuration.nonce,
        connectTimeout: configuration.connectTimeout),
      terminal: terminal, limits: limits, base: base, searchPath: searchPath, clock: clock, gauge: gauge)
  }

  /// Logs in and lends the session; whatever was started has ended when this returns.
  func run<Value: Sendable>(_ body: (any Session) async -> Value) async -> Result<Value, Failed> {
    let (events, feed) = AsyncStream.makeStream(of: ClientEvent.self)
    do {
      let directory = try ContactDirectory(in: base, for: configuration, feed: feed)
      defer { directory.remove() }
      var options = PlatformOptions()
      options.processGroupID = 0
      options.teardownSequence = []
      return try await Subprocess.run(
        .path(FilePath(configuration.program)), arguments: Arguments(arguments), environment: environment,
        workingDirectory: FilePath(directory.path), platformOptions: options, input: .inputWriter, output: .sequence,
        error: .sequence
      ) { handle in
        let process = ClientProcess(
          handle: handle, events: events, feed: feed, directory: directory, limits: limits, clock: clock)
        return await converse(over: process, body)
      }.closureResult
    } catch {
      let reason = (error as? ContactDirectory.NotMade)?.reason ?? String(describing: error).escapedForPeople()
      return .failure(
        Failed(
          failure: ContactFailure(.unreachable, "ssh(1) was not started: \(reason)"), shown: nil, hasLink: true))
    }
  }

  private var arguments: [String] {
    ["-F", ClientConfiguration.file, "-E", ClientConfiguration.logFile(of: target), target.name, RemoteProgram.command]
  }

  /// Nothing of this process's own reaches ssh(1): it would look for an agent, a display or somebody to ask there.
  private var environment: Environment { .custom(["PATH": searchPath, "LC_ALL": "C", "SHELL": "/bin/sh"]) }

  private func converse<Value: Sendable>(
    over process: ClientProcess, _ body: (any Session) async -> Value
  ) async -> Result<Value, Failed> {
    await withTaskGroup(of: Void.self) { group in
      defer {
        process.kill()
        group.cancelAll()
      }
      process.addReaders(to: &group)
      var state = ClientState(legs: legs.count, nonce: configuration.nonce)
      let interruption = await logIn(&state, over: process)
      // ssh(1) would not have logged in otherwise; what is believed is decided here all the same.
      if interruption == nil, state.isLoggedIn, let key = state.terminal.shownKey, target.verdict(on: key) == .recorded
      {
        return .success(await body(OpenSSHSession(process, after: state, evidence(key))))
      }
      await process.finish(&state)
      return .failure(failed(state, interruption))
    }
  }

  /// Waits until somebody is logged in, or ssh(1) has ended; returns what ended it early.
  private func logIn(_ state: inout ClientState, over process: ClientProcess) async -> ClientInterruption? {
    await withTaskGroup(of: Void.self) { timers in
      defer { timers.cancelAll() }
      var stage = state.stage
      gauge?.enter(stage.inFlight(of: legs.count))
      process.arm(stage, in: &timers)
      for await event in process.events {
        state.fold(event)
        switch event {
        case .expired(stage): return .expired(stage.limit(limits).text)
        case .flooded: return .flooded(limit: limits.bytesBeforeLogin)
        default: break
        }
        if state.byteCount > limits.bytesBeforeLogin { return .flooded(limit: limits.bytesBeforeLogin) }
        if state.isLoggedIn || state.hasEnded { return nil }
        guard state.stage != stage else { continue }
        stage = state.stage
        gauge?.enter(stage.inFlight(of: legs.count))
        process.arm(stage, in: &timers)
        if stage == ClientStage(leg: legs.count - 1, step: .login) { process.meter(in: &timers) }
      }
      return .cancelled
    }
  }

  // MARK: What was seen

  private func evidence(_ shown: HostKey?) -> ContactEvidence {
    ContactEvidence(hostKey: shown.map { hostKeyEvidence($0, of: target) }, dialled: dialled)
  }

  /// `127.20.0.7:2200`, with the jump hosts on the way: `10.0.0.7:22 via g1, g2`.
  private var dialled: String {
    let gateways = legs.compactMap(\.gateway?.rawValue).joined(separator: ", ")
    let address = target.dialled.escapedForPeople()
    return gateways.isEmpty ? address : "\(address) via \(gateways)"
  }

  private func hostKeyEvidence(_ key: HostKey, of leg: Leg) -> HostKeyEvidence {
    // A key that was taken on first sight proves nobody.
    HostKeyEvidence(key, leg.record.verdict(on: key).standing)
  }

  private func failed(_ state: ClientState, _ interruption: ClientInterruption?) -> Failed {
    let index = state.stage.leg
    let (leg, log) = (legs[index], state.logs[index])
    let (outcome, reason) = failure(of: index, in: state, interruption)
    let hasLink = state.stage != ClientStage(leg: 0, step: .link)
    let didAuthenticate = log.phase >= .authenticating
    guard let gateway = leg.gateway else {
      return Failed(
        failure: ContactFailure(
          outcome, reason, evidence: evidence(isOfKey(outcome) || didAuthenticate ? log.shownKey : nil),
          didAuthenticate: didAuthenticate),
        shown: log.shownKey, hasLink: hasLink)
    }
    let fault = GatewayFault(
      gateway, outcome, reason, hostKey: log.shownKey.map { hostKeyEvidence($0, of: leg) },
      didAuthenticate: didAuthenticate)
    return Failed(failure: ContactFailure(at: fault), shown: nil, hasLink: hasLink)
  }

  /// Before the login a key is only claimed: where it is not what the contact failed for, it says nothing.
  private func isOfKey(_ outcome: Outcome) -> Bool { [.hostKeyUnknown, .hostKeyMismatch].contains(outcome) }

  private func failure(
    of index: Int, in state: ClientState, _ interruption: ClientInterruption?
  ) -> (Outcome, String) {
    let (leg, log) = (legs[index], state.logs[index])
    if index > 0, let refusal = state.logs[index - 1].channelRefusal {
      return (
        .unreachable, "not reached from gateway \(legs[index - 1].gateway?.rawValue ?? "?"): \(Self.words(refusal))"
      )
    }
    let login = "user \(leg.user.escapedForPeople(maxLength: 64)) with key \(leg.identity.name)"
    return log.failure(
      interruption, record: leg.record, shown: log.shownKey.map { leg.verdict(on: $0) }, login: login)
  }

  /// What a jump host says that could not, or would not, connect: `connect failed: Connection refused`.
  private static func words(_ refusal: String) -> String {
    let failed = "connect failed: "
    return refusal.hasPrefix(failed)
      ? ClientLog.networkReason(String(refusal.dropFirst(failed.count))) : ClientLog.shown(refusal)
  }
}
