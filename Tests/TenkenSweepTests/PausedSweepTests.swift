import TenkenModel
import TenkenSweep
import TenkenTestSupport
import TenkenTransport
import Testing

/// Limits, silence, hours and the deadline, from the contact to what is recorded and told.
@Suite(.timeLimit(.minutes(1)))
struct PausedSweepTests {
  private func bench(_ limits: Limits) -> SweepBench {
    SweepBench([(SampleFleet.site("bangkok"), 60), (SampleFleet.site("tokyo"), 20)], limits: limits)
  }

  @Test func `a limit that is crossed is recorded with its reason, and a resume over it releases the site`()
    async throws
  {
    let bench = bench(Limits(perSite: 4, sitePause: PauseLimits(authFailed: PauseLimit(count: 3))))
    let ending = try await bench.run { endpoint in
      endpoint.site == "bangkok" ? .fails(ContactFailure(.authFailed, "refused")) : .answers
    }
    let done = await bench.recorder.runs.count
    #expect(ending == .waiting(pending: 80 - done) && done >= 24 && done <= 28)
    let condition = try #require(await bench.recorder.conditions.first)
    #expect(await bench.recorder.conditions.count == 1)
    #expect(condition.site == "bangkok" && condition.standing == .givenUp && condition.gateway == nil)
    #expect(condition.outcome == .authFailed && condition.reason.hasPrefix("auth-failed on 4 of "))
    #expect(
      condition.reason.hasSuffix("more than 3: the site is paused; resume --override auth-failed@bangkok goes on"))
    #expect(condition.remedy == LimitOverride(.authFailed, at: "bangkok"))

    let again = try await bench.run { _ in .answers }
    #expect(again == .waiting(pending: 80 - done), "nothing has changed")
    #expect(await bench.recorder.runs.count == done)
    let over = try await bench.run(overrides: [LimitOverride(.authFailed)]) { _ in .answers }
    #expect(over == .finished)
    #expect(await bench.recorder.conditions.map(\.standing) == [.givenUp, .givenUp, .released])
  }

  @Test func `a silent site is told with what its last terminal said`() async throws {
    let bench = bench(Limits(perSite: 10, retries: 0, sitePause: PauseLimits(), sweepPause: PauseLimits()))
    let ending = try await bench.clock.running {
      try await bench.run { endpoint in
        endpoint.site == "bangkok" ? .fails(ContactFailure(.unreachable, "no route to host")) : .answers
      }
    }
    guard case .waiting? = Optional(ending) else {
      Issue.record("\(ending)")
      return
    }
    let conditions = await bench.recorder.conditions
    #expect(conditions.map(\.standing) == [.held, .givenUp])
    #expect(conditions.allSatisfy { $0.reason == "the site does not answer: no route to host" && $0.gateway == nil })
    #expect(await bench.recorder.doubts == Doubts(sites: ["bangkok"]))
  }

  @Test func `past its deadline a sweep drains`() async throws {
    let bench = bench(Limits(concurrency: 2, deadline: .seconds(30)))
    async let ending = bench.run { _ in .answersAfter(.seconds(8)) }
    for step in [8, 8, 8, 6] {
      // Two contacts and the deadline.
      await bench.clock.untilSleeping(3)
      bench.clock.advance(by: .seconds(step))
    }
    await bench.log.untilDraining()
    bench.clock.advance(by: .seconds(2))
    #expect(try await ending == .drained(pending: 72))
    #expect(bench.log.drains == [2])
    #expect(bench.log.events.contains { if case .overdue(.seconds(30)) = $0 { true } else { false } })
  }

  @Test func `a sweep that is done before its deadline does not wait for it`() async throws {
    let bench = bench(Limits(deadline: .seconds(3600)))
    #expect(try await bench.run { _ in .answers } == .finished)
    #expect(bench.clock.now.offset == .zero && bench.clock.sleepers == 0)
  }

  @Test func `a site outside its hours is told, and waits`() async throws {
    let site = Site(id: "bangkok", name: "", windows: [MaintenanceWindow(from: 60, to: 120)])
    let bench = SweepBench([(site, 3), (SampleFleet.site("tokyo"), 3)])
    #expect(try await bench.clock.running { try await bench.run { _ in .answers } } == .finished)
    #expect(bench.contacts.times(at: "bangkok").allSatisfy { $0 >= .seconds(3600) && $0 < .seconds(3601) })
    #expect(await bench.recorder.runs.count == 6)
    let told = bench.log.events.compactMap { event -> Duration?? in
      if case .hours("bangkok", let wait) = event { .some(wait) } else { nil }
    }
    #expect(told.first == .some(.seconds(3600)))
  }

  @Test(arguments: [(Duration.seconds(5), 3), (.zero, 5)])
  func `a terminal that hangs until the connect deadline has half the retries`(time: Duration, tries: Int) async throws
  {
    let bench = SweepBench([(SampleFleet.site("a"), 1)], limits: Limits(retries: 4, connectTimeout: .seconds(5)))
    let failure = ContactFailure(.unreachable, "no answer")
    let ending = try await bench.clock.running {
      try await bench.run { _ in time > .zero ? .failsAfter(time, failure) : .fails(failure) }
    }
    #expect(ending == .finished)
    let expected = Array(repeating: false, count: tries - 1) + [true]
    #expect(await bench.recorder.attempts(at: "a-1").map(\.isFinal) == expected)
  }
}
