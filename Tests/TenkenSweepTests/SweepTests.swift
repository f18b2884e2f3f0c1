import TenkenModel
import TenkenPlan
import TenkenRehearsal
import TenkenSweep
import TenkenTestSupport
import TenkenTransport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SweepTests {
  private let clock = ManualClock()
  private let recorder = Recorder()
  private let log = EventLog()
  private let signals: AsyncStream<SweepSignal>
  private let signal: AsyncStream<SweepSignal>.Continuation

  init() { (signals, signal) = AsyncStream.makeStream() }

  private func plan(_ terminals: Int, limits: Limits = Limits()) -> Plan {
    let site = SampleFleet.site("tokyo")
    return SampleFleet.plan(
      SampleFleet.inventory([(site, terminals)], limits: limits),
      checks: [Check.sample("access.keys"), Check.sample("log.wtmp")])
  }

  private func sweep(_ plan: Plan, over transport: any Transport) -> Sweep<ManualClock> {
    Sweep(
      plan: plan, transport: transport, seed: 1, clock: clock, now: { Timestamp(milliseconds: 0) },
      nonces: {
        var generator = SystemRandomNumberGenerator()
        return Nonce(using: &generator)
      })
  }

  private func sweep(
    _ plan: Plan, _ behaviour: @escaping @Sendable (Endpoint) -> ScriptedTransport.Behaviour
  ) -> Sweep<ManualClock> {
    sweep(plan, over: ScriptedTransport(clock: clock, behaviour: behaviour))
  }

  private func run(_ sweep: Sweep<ManualClock>, recorder: Recorder? = nil) async throws -> SweepEnding {
    let recorder = recorder ?? self.recorder
    return try await sweep.run(
      signals: signals, recording: { try await recorder.record($0) }, events: { log.append($0) })
  }

  @Test func `every terminal is inspected, recorded and told once`() async throws {
    let sweep = sweep(plan(50, limits: Limits(concurrency: 7))) { _ in .answers }
    #expect(try await run(sweep) == .finished)
    let runs = await recorder.runs
    #expect(Set(runs.map(\.terminal)).count == 50 && runs.count == 50)
    #expect(runs.allSatisfy { $0.outcome == .inspected && $0.isFinal && $0.captures.count == 2 })
    #expect(log.contacted == 50 && log.recorded == 50)
  }

  @Test func `a stream of signals that ends does not end the sweep`() async throws {
    signal.finish()
    #expect(try await run(sweep(plan(3)) { _ in .answers }) == .finished)
    #expect(await recorder.runs.count == 3)
  }

  @Test func `every attempt has nonces of its own`() async throws {
    _ = try await run(sweep(plan(20)) { _ in .answers })
    #expect(Set(await recorder.runs.map(\.factNonce)).count == 20)
  }

  @Test func `a fault that passes is tried again after a while and then counts`() async throws {
    let sweep = sweep(plan(3)) { endpoint in
      endpoint.terminal == "tokyo-2" && endpoint.attempt == 1
        ? .fails(ContactFailure(.unreachable, "connection refused")) : .answers
    }
    #expect(try await clock.running { try await run(sweep) } == .finished)
    let attempts = await recorder.attempts(at: "tokyo-2")
    #expect(attempts.map(\.outcome) == [.unreachable, .inspected])
    #expect(attempts.map(\.attempt) == [1, 2])
    #expect(attempts.map(\.isFinal) == [false, true])
    #expect(clock.now.offset >= .seconds(1))
  }

  @Test func `a fault that does not pass is final after the last retry`() async throws {
    let sweep = sweep(plan(1, limits: Limits(retries: 2))) { _ in .fails(ContactFailure(.timedOut, "no banner")) }
    #expect(try await clock.running { try await run(sweep) } == .finished)
    let runs = await recorder.runs
    #expect(runs.map(\.isFinal) == [false, false, true])
    #expect(runs.last?.reason == "no banner")
  }

  @Test(arguments: [Outcome.authFailed, .hostKeyUnknown, .hostKeyMismatch, .unsupported, .hostile])
  func `what cannot pass is contacted once`(outcome: Outcome) async throws {
    #expect(try await run(sweep(plan(1)) { _ in .fails(ContactFailure(outcome, "why")) }) == .finished)
    #expect(await recorder.runs.map(\.isFinal) == [true])
  }

  @Test(arguments: [Outcome.timedOut, .unreachable])
  func `a terminal that withheld the answer to a login is logged in to once`(outcome: Outcome) async throws {
    let sweep = sweep(plan(1, limits: Limits(retries: 2))) { _ in
      .fails(ContactFailure(outcome, "no answer", didAuthenticate: true))
    }
    #expect(try await clock.running { try await run(sweep) } == .finished)
    #expect(await recorder.runs.map(\.isFinal) == [true])
  }

  @Test func `a slot is free only when its terminal is recorded`() async throws {
    let gate = Gate()
    let sweep = sweep(plan(20, limits: Limits(concurrency: 4))) { _ in .answers }
    async let ending = sweep.run(
      signals: signals,
      recording: { run in
        await gate.pass()
        return try await recorder.record(run)
      }, events: { log.append($0) })
    await gate.untilHolding(4)
    #expect(log.contacted == 4)
    #expect(log.recorded == 0)
    await gate.open()
    #expect(try await ending == .finished)
    #expect(await recorder.runs.count == 20)
  }

  @Test func `a recording that fails ends the sweep with its error and lets everything go`() async throws {
    let full = Recorder(failsAfter: 5)
    let sweep = sweep(plan(100, limits: Limits(concurrency: 10))) { endpoint in
      ["tokyo-1", "tokyo-2", "tokyo-3"].contains(endpoint.terminal) ? .hangs : .answers
    }
    await #expect(throws: Recorder.DiskFull.self) { try await run(sweep, recorder: full) }
    #expect(await full.runs.count == 5)
    #expect(log.contacted <= 5 + 10)
    #expect(log.recorded <= 5)
    #expect(clock.sleepers == 0, "nothing is left behind")
  }

  @Test func `a drain starts nothing and lets what is in flight finish`() async throws {
    let sweep = sweep(plan(20, limits: Limits(concurrency: 4))) { _ in .answersAfter(.seconds(5)) }
    async let ending = run(sweep)
    await clock.untilSleeping(4)
    signal.yield(.drain)
    await log.untilDraining()
    clock.advance(by: .seconds(5))
    #expect(try await ending == .drained(pending: 16))
    #expect(await recorder.runs.count == 4)
    #expect(log.contacted == 4)
    #expect(log.drains == [4])
    #expect(clock.sleepers == 0)
  }

  @Test func `a drain waits for its deadline and no longer, and what it cuts is not recorded`() async throws {
    let sweep = sweep(plan(20, limits: Limits(concurrency: 4))) { endpoint in
      endpoint.terminal == "tokyo-1" ? .hangs : .answersAfter(.seconds(5))
    }
    async let ending = run(sweep)
    await clock.untilSleeping(4)
    signal.yield(.drain)
    await log.untilDraining()
    // Apart: woken at one moment, the deadline might overtake those that had answered.
    clock.advance(by: .seconds(5))
    while await recorder.runs.count < 3 { await Task.yield() }
    clock.advance(by: .seconds(25))
    #expect(try await ending == .drained(pending: 17))
    #expect(Set(await recorder.runs.map(\.terminal)) == ["tokyo-2", "tokyo-3", "tokyo-4"])
  }

  @Test func `a drain leaves a waiting retry to the resume, which counts on`() async throws {
    let plan = plan(2, limits: Limits(retries: 1))
    let faulty: @Sendable (Endpoint) -> ScriptedTransport.Behaviour = { endpoint in
      endpoint.terminal == "tokyo-1" ? .fails(ContactFailure(.unreachable, "refused")) : .answersAfter(.seconds(1))
    }
    async let ending = run(sweep(plan, faulty))
    await clock.untilSleeping(2)
    signal.yield(.drain)
    await log.untilDraining()
    clock.advance(by: .milliseconds(1000))
    #expect(try await ending == .drained(pending: 1))
    #expect(await recorder.settled.attempts == ["tokyo-1": 1])

    let rest = try Planner.plan(
      inventory: plan.inventory, catalogue: plan.catalogue, scope: Scope(limits: plan.limits),
      isSelected: { _ in true }, settled: await recorder.settled)
    let (silence, _) = AsyncStream.makeStream(of: SweepSignal.self)
    let resumed = try await sweep(rest, faulty).run(
      signals: silence, recording: { try await recorder.record($0) }, events: { _ in })
    #expect(resumed == .finished)
    let attempts = await recorder.attempts(at: "tokyo-1")
    #expect(attempts.map(\.attempt) == [1, 2])
    #expect(attempts.map(\.isFinal) == [false, true])
  }

  @Test func `a stop lets go of everything at once`() async throws {
    async let ending = run(sweep(plan(20, limits: Limits(concurrency: 4))) { _ in .hangs })
    await clock.untilSleeping(4)
    signal.yield(.stop)
    #expect(try await ending == .stopped)
    #expect(await recorder.runs.isEmpty)
    #expect(log.contacted == 4)
    #expect(clock.sleepers == 0)
  }

  @Test func `a stop cuts a drain short`() async throws {
    async let ending = run(sweep(plan(20, limits: Limits(concurrency: 4))) { _ in .hangs })
    await clock.untilSleeping(4)
    signal.yield(.drain)
    await log.untilDraining()
    signal.yield(.stop)
    #expect(try await ending == .stopped)
    #expect(clock.now.offset == .zero)
  }

  @Test func `a sweep whose task is cancelled stops and records nothing that was cut`() async throws {
    let sweep = sweep(plan(20, limits: Limits(concurrency: 4))) { _ in .hangs }
    let ending = try await withThrowingTaskGroup(of: SweepEnding.self) { group in
      group.addTask { try await run(sweep) }
      await clock.untilSleeping(4)
      group.cancelAll()
      return try await group.next()
    }
    #expect(ending == .stopped)
    #expect(await recorder.runs.isEmpty)
  }

  @Test func `a sweep that is cancelled while only a retry waits stops too`() async throws {
    let sweep = sweep(plan(1)) { _ in .fails(ContactFailure(.unreachable, "refused")) }
    let ending = try await withThrowingTaskGroup(of: SweepEnding.self) { group in
      group.addTask { try await run(sweep) }
      await clock.untilSleeping(1)
      group.cancelAll()
      return try await group.next()
    }
    #expect(ending == .stopped)
  }

  @Test func `a plan that names no credential is a bug, told before anything is contacted`() async throws {
    let terminal = Terminal(id: "tokyo-1", address: "127.0.0.1", site: "tokyo", credential: "vault")
    let plan = SampleFleet.plan(SampleFleet.inventory(sites: [SampleFleet.site("tokyo")], terminals: [terminal]))
    let failure = await #expect(throws: Failure.self) { try await run(sweep(plan) { _ in .answers }) }
    #expect(failure?.code == .bug)
  }
}
