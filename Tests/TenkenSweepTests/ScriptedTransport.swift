import TenkenModel
import TenkenTestSupport
import TenkenTransport

/// A transport that does with each contact what a test says.
struct ScriptedTransport: Transport {
  enum Behaviour: Sendable {
    /// Every check passes.
    case answers
    case fails(ContactFailure)
    case failsAfter(Duration, ContactFailure)
    /// Never ends by itself; ends when it is cancelled.
    case hangs
    /// Answers once this time has passed.
    case answersAfter(Duration)
  }

  let clock: ManualClock
  let behaviour: @Sendable (Endpoint) -> Behaviour

  func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    let time: Duration
    switch behaviour(endpoint) {
    case .answers: time = .zero
    case .fails(let failure): throw failure
    case .failsAfter(let duration, let failure):
      try? await clock.sleep(for: duration)
      throw failure
    case .hangs: time = .seconds(1_000_000)
    case .answersAfter(let duration): time = duration
    }
    return await body(ScriptedSession(clock: clock, time: time))
  }
}

struct ScriptedSession: Session {
  let clock: ManualClock
  let time: Duration
  var evidence: ContactEvidence { ContactEvidence(dialled: "127.0.0.1:22") }

  func execute(_ program: RemoteProgram) async -> Execution {
    do {
      if time > .zero { try await clock.sleep(for: time) }
    } catch {
      return Execution(stdout: [], stderr: [], ending: .lost("cancelled"))
    }
    var writer = FrameWriter(nonce: program.nonce)
    for check in program.checks { writer.add(check, status: .exited(101), milliseconds: 1) }
    writer.addTrailer()
    return Execution(stdout: writer.stdout, stderr: writer.stderr, ending: .closed(exitStatus: 0))
  }
}
