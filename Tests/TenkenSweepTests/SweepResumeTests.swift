import TenkenModel
import TenkenPlan
import TenkenRehearsal
import TenkenSweep
import TenkenTestSupport
import TenkenTransport
import Testing

/// A sweep that is cut at any moment and resumed comes to what an uninterrupted one comes to.
@Suite(.timeLimit(.minutes(1)))
struct SweepResumeTests {
  private static let faults = RehearsalFaults(
    refused: 0.1, timedOut: 0.1, keyUnknown: 0.05, keyMismatch: 0.05, authFailed: 0.05, linkLost: 0.1, failing: 0.1)
  private let inventory = SampleFleet.inventory(
    [(SampleFleet.site("tokyo"), 60), (SampleFleet.site("bangkok", concurrency: 3), 20)],
    limits: Limits(concurrency: 8))
  private let catalogue = SampleFleet.catalogue([Check.sample("access.keys"), Check.sample("log.wtmp")])

  private func run(_ recorder: Recorder, interruptedAfter count: Int?) async throws -> SweepEnding {
    let clock = ManualClock()
    let plan = try Planner.plan(
      inventory: inventory, catalogue: catalogue, scope: Scope(limits: inventory.limits),
      isSelected: { _ in true }, settled: await recorder.settled)
    let sweep = Sweep(
      plan: plan, transport: RehearsalTransport(seed: 4, faults: Self.faults, clock: clock), seed: 4, clock: clock,
      now: { Timestamp(milliseconds: 0) },
      nonces: {
        var generator = SystemRandomNumberGenerator()
        return Nonce(using: &generator)
      })
    let (signals, signal) = AsyncStream.makeStream(of: SweepSignal.self)
    let log = EventLog()
    return try await clock.running {
      try await sweep.run(signals: signals, recording: { try await recorder.record($0) }) { event in
        log.append(event)
        if let count, log.recorded == count { signal.yield(count % 2 == 0 ? .stop : .drain) }
      }
    }
  }

  @Test func `cut at any moment and resumed, outcomes and answers are those of an uninterrupted sweep`() async throws {
    let reference = Recorder()
    #expect(try await run(reference, interruptedAfter: nil) == .finished)
    let expected = await Dictionary(uniqueKeysWithValues: reference.runs.filter(\.isFinal).map { ($0.terminal, $0) })
    #expect(expected.count == 80)
    #expect(Set(expected.values.map(\.outcome)).count >= 6, "the rehearsal has every kind of fault")

    var chance = SplitMix64(seed: 99)
    for _ in 0..<25 {
      let recorder = Recorder()
      var ending = SweepEnding.stopped
      while ending != .finished {
        ending = try await run(recorder, interruptedAfter: Int.random(in: 1...50, using: &chance))
      }
      let runs = await recorder.runs
      #expect(runs.filter(\.isFinal).count == 80, "one final outcome each")
      #expect(Set(runs.map { "\($0.terminal) \($0.attempt)" }).count == runs.count, "nothing is recorded twice")
      for run in runs where run.isFinal {
        #expect(run.outcome == expected[run.terminal]?.outcome)
        #expect(run.attempt == expected[run.terminal]?.attempt)
        #expect(run.captures.map(\.status) == expected[run.terminal]?.captures.map(\.status))
      }
    }
  }
}
