import TenkenModel
import TenkenRehearsal
import TenkenTestSupport
import TenkenTransport
import Testing

struct RehearsalTransportTests {
  private let clock = ManualClock()
  private let checks = [
    Check.sample("access.keys", facts: [.init(name: "access.key", columns: ["user", "fingerprint"])]),
    Check.sample("log.wtmp"), Check.sample("script.look", resultProtocol: .script),
  ]

  private func endpoint(_ id: ID<Terminal>, attempt: Int = 1, limits: Limits = Limits()) -> Endpoint {
    Endpoint(
      terminal: id, site: "tokyo", address: "127.0.0.1", port: 22,
      credential: Credential(name: "default", user: "inspector", identity: .agent), limits: limits, attempt: attempt)
  }

  private func program(seed: UInt64 = 1) -> RemoteProgram {
    var generator = SplitMix64(seed: seed)
    return RemoteProgram(nonce: Nonce(using: &generator), factNonce: Nonce(using: &generator), checks: checks)
  }

  /// The outcome of the contact, or how the execution ended and what its frames held.
  private enum Answer { case failed(ContactFailure), executed(Execution.Ending, Frames) }

  private func contact(
    _ endpoint: Endpoint, seed: UInt64 = 1, faults: RehearsalFaults, pace: Duration = .zero
  ) async -> Answer {
    let transport = RehearsalTransport(seed: seed, faults: faults, pace: pace, clock: clock)
    let program = program()
    do {
      let execution = try await transport.withSession(on: endpoint) { await $0.execute(program) }
      let frames = FrameCodec.decode(
        stdout: execution.stdout, stderr: execution.stderr, nonce: program.nonce, expecting: program.checks)
      return .executed(execution.ending, frames)
    } catch {
      return .failed(error)
    }
  }

  private func failure(_ answer: Answer) -> ContactFailure? {
    if case .failed(let failure) = answer { failure } else { nil }
  }

  private func statuses(_ answer: Answer) -> [Capture.Status] {
    if case .executed(_, let frames) = answer { frames.captures.map(\.status) } else { [] }
  }

  @Test(
    arguments: [
      (RehearsalFaults(refused: 1), .unreachable), (RehearsalFaults(timedOut: 1), .timedOut),
      (RehearsalFaults(keyUnknown: 1), .hostKeyUnknown), (RehearsalFaults(keyMismatch: 1), .hostKeyMismatch),
      (RehearsalFaults(authFailed: 1), .authFailed),
    ] as [(RehearsalFaults, Outcome)])
  func `each fault has its outcome, and says that it was rehearsed`(faults: RehearsalFaults, outcome: Outcome) async {
    let failure = failure(await contact(endpoint("tokyo-1"), faults: faults))
    #expect(failure?.outcome == outcome)
    #expect(failure?.reason.contains("rehearsed") == true)
  }

  @Test func `a link that dies leaves what had come`() async {
    var seen: Set<Int> = []
    for index in 1...60 {
      let answer = await contact(endpoint(ID("tokyo-\(index)")!), faults: RehearsalFaults(linkLost: 1))
      guard case .executed(.lost, let frames) = answer else {
        Issue.record("the link lived")
        continue
      }
      #expect(!frames.isComplete && frames.violation == nil)
      seen.insert(frames.captures.count)
    }
    #expect(seen.count >= 3)
  }

  @Test func `the answers come in frames and carry a row for each declared fact`() async throws {
    guard case .executed(let ending, let frames) = await contact(endpoint("tokyo-1"), faults: .none) else {
      Issue.record("no session")
      return
    }
    #expect(ending == .closed(exitStatus: 0))
    #expect(frames.isComplete)
    #expect(frames.captures.map(\.status) == [.exited(101), .exited(101), .exited(0)])
    let lines = String(decoding: frames.captures[0].stdout, as: UTF8.self).split(separator: "\n")
    let fields = try #require(lines.last).split(separator: "\t")
    #expect(fields.prefix(3) == [Substring(program().factNonce.hex), "fact", "access.key"])
    #expect(fields.count == 5)
  }

  @Test func `the same seed does the same to the same terminal, another seed something else`() async {
    let faults = RehearsalFaults(refused: 0.3, failing: 0.5)
    func outcomes(seed: UInt64) async -> [String] {
      var outcomes: [String] = []
      for index in 1...100 {
        let answer = await contact(endpoint(ID("tokyo-\(index)")!), seed: seed, faults: faults)
        outcomes.append("\(failure(answer)?.outcome.rawValue ?? "") \(statuses(answer))")
      }
      return outcomes
    }
    let first = await outcomes(seed: 1)
    #expect(await outcomes(seed: 1) == first)
    #expect(await outcomes(seed: 2) != first)
  }

  @Test func `faults come as often as was said`() async {
    var counts: [Outcome: Int] = [:]
    let faults = RehearsalFaults(refused: 0.1, authFailed: 0.2)
    for index in 1...4000 {
      if let failure = failure(await contact(endpoint(ID("tokyo-\(index)")!), faults: faults)) {
        counts[failure.outcome, default: 0] += 1
      }
    }
    #expect((300...500).contains(counts[.unreachable, default: 0]))
    #expect((680...920).contains(counts[.authFailed, default: 0]))
  }

  @Test func `transient faults heal and stay healed, lasting ones last`() async {
    let healing = RehearsalFaults(refused: 1, healing: 0.5)
    var healed = 0
    for index in 1...200 {
      let id = ID<Terminal>("tokyo-\(index)")!
      let second = failure(await contact(endpoint(id, attempt: 2), faults: healing)) == nil
      let third = failure(await contact(endpoint(id, attempt: 3), faults: healing)) == nil
      if second { #expect(third) }
      healed += second ? 1 : 0
    }
    #expect((60...140).contains(healed))
    let denied = await contact(endpoint("tokyo-1", attempt: 9), faults: RehearsalFaults(authFailed: 1, healing: 1))
    #expect(failure(denied)?.outcome == .authFailed)
  }

  @Test func `a check that fails, errs or lacks something says so by its exit status`() async {
    for (faults, status) in [
      (RehearsalFaults(failing: 1), 102), (RehearsalFaults(erring: 1), 103), (RehearsalFaults(notChecked: 1), 106),
    ] {
      let statuses = statuses(await contact(endpoint("tokyo-1"), faults: faults))
      #expect(statuses == [.exited(status), .exited(status), .exited(0)])
    }
  }

  @Test func `a contact takes its time on the clock that was given`() async throws {
    let answer = try await clock.running { await contact(endpoint("tokyo-1"), faults: .none, pace: .seconds(10)) }
    #expect(statuses(answer).count == 3)
    #expect((.seconds(5)...(.seconds(15))).contains(clock.now.offset))
  }

  @Test func `a pace beyond the deadlines is cut at the deadlines`() async throws {
    let short = Limits(connectTimeout: .seconds(1), runTimeout: .seconds(1))
    let answer = try await clock.running {
      await contact(endpoint("tokyo-1", limits: short), faults: .none, pace: .seconds(10))
    }
    #expect(failure(answer)?.outcome == .unreachable)
    #expect(clock.now.offset == .seconds(1))
    let slow = Limits(connectTimeout: .seconds(60), runTimeout: .seconds(1))
    let run = try await clock.running {
      await contact(endpoint("tokyo-1", limits: slow), faults: .none, pace: .seconds(10))
    }
    guard case .executed(.expired, let frames) = run else {
      Issue.record("the deadline did not hold")
      return
    }
    #expect(!frames.hasBegun)
  }

  @Test func `an answer over the byte budget is cut`() async {
    let answer = await contact(endpoint("tokyo-1", limits: Limits(bytesPerTerminal: 200)), faults: .none)
    guard case .executed(.overBudget, let frames) = answer else {
      Issue.record("the budget did not hold")
      return
    }
    #expect(!frames.isComplete)
  }

  @Test func `a contact that is cancelled ends at once`() async {
    let transport = RehearsalTransport(seed: 1, faults: .none, pace: .seconds(100), clock: clock)
    let endpoint = endpoint("tokyo-1")
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await #expect(throws: ContactFailure.self) { try await transport.withSession(on: endpoint) { _ in } }
      }
      await clock.untilSleeping(1)
      group.cancelAll()
    }
  }

  @Test func `an execution that is cancelled ends at once and has lost its link`() async {
    let transport = RehearsalTransport(seed: 1, faults: .none, pace: .seconds(100), clock: clock)
    let endpoint = endpoint("tokyo-1", limits: Limits(connectTimeout: .seconds(1000)))
    let program = program()
    await withTaskGroup(of: Execution.Ending?.self) { group in
      group.addTask { try? await transport.withSession(on: endpoint) { await $0.execute(program).ending } }
      await clock.untilSleeping(1)
      clock.advanceToNext()
      await clock.untilSleeping(1)
      group.cancelAll()
      #expect(await group.next() == .lost("cancelled"))
    }
  }
}
