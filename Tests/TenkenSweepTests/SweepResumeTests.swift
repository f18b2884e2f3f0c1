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
    limits: Limits(concurrency: 8, retryBudget: 1000))
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

  /// Tokyo is behind a gateway that cannot be passed in the first runs; some terminals are beyond Tenken's own client,
  /// some of them beyond the system's ssh too.
  private static func behaviour(at endpoint: Endpoint, isDown: Bool) -> ScriptedTransport.Behaviour {
    if isDown, !endpoint.hops.isEmpty {
      return .fails(ContactFailure(at: GatewayFault("jump", .unreachable, "no route")))
    }
    guard let number = endpoint.terminal.rawValue.split(separator: "-").last.flatMap({ Int($0) }) else { return .hangs }
    switch number % 5 {
    case 1 where endpoint.client == .builtIn, 2:
      return .fails(ContactFailure(.unsupported, "no mac", isForOpenSSH: true))
    case 3 where endpoint.attempt < 3: return .fails(ContactFailure(.unreachable, "refused"))
    default: return .answers
    }
  }

  private func run(_ bench: SweepBench, isDown: Bool, interruptedAfter count: Int) async throws -> SweepEnding {
    let (signals, signal) = AsyncStream.makeStream(of: SweepSignal.self)
    let before = bench.log.events.count
    let watch = EventWatch(after: before + count, signal: signal)
    return try await bench.clock.running {
      try await bench.run(canFallBack: true, signals: signals) { endpoint in
        watch.look(at: bench.log.events.count)
        return Self.behaviour(at: endpoint, isDown: isDown)
      }
    }
  }

  @Test func `held sites and a second client come through any interruption`() async throws {
    var chance = SplitMix64(seed: 7)
    for round in 0..<25 {
      let bench = SweepBench(
        [(SampleFleet.site("tokyo", gateways: ["jump"]), 30), (SampleFleet.site("bangkok"), 20)],
        gateways: [SampleFleet.gateway("jump", concurrency: 6)],
        limits: Limits(concurrency: 8, openSSH: 2, retryBudget: 1000))
      var ending = SweepEnding.stopped
      var runs = 0
      while ending != .finished, runs < 200 {
        runs += 1
        let isDown = runs <= round % 4
        ending = try await run(bench, isDown: isDown, interruptedAfter: Int.random(in: 1...120, using: &chance))
        if isDown { #expect(ending != .finished, "what is behind the gateway stays to be done") }
      }
      #expect(ending == .finished)
      try await expectWhole(bench)
    }
  }

  private func expectWhole(_ bench: SweepBench) async throws {
    let runs = await bench.recorder.runs
    let byTerminal = Dictionary(grouping: runs, by: \.terminal)
    #expect(byTerminal.count == 50, "everybody was contacted")
    for (terminal, runs) in byTerminal {
      #expect(runs.map(\.attempt) == Array(1...runs.count), "\(terminal): each attempt once, in order")
      #expect(runs.map(\.isFinal) == Array(repeating: false, count: runs.count - 1) + [true])
      let number = Int(terminal.rawValue.split(separator: "-").last!)!
      #expect(runs.last?.outcome == (number % 5 == 2 ? .unsupported : .inspected))
    }
  }
}

/// Asks a sweep to drain or to stop once so many events were told.
private final class EventWatch: Sendable {
  private let count: Int
  private let signal: AsyncStream<SweepSignal>.Continuation

  init(after count: Int, signal: AsyncStream<SweepSignal>.Continuation) {
    self.count = count
    self.signal = signal
  }

  func look(at events: Int) {
    if events >= count { signal.yield(count % 2 == 0 ? .stop : .drain) }
  }
}
