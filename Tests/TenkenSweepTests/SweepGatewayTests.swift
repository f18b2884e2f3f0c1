import TenkenModel
import TenkenSweep
import TenkenTestSupport
import TenkenTransport
import Testing

/// Gateways that cannot be passed: nobody's attempt, and nobody else's trouble.
@Suite(.timeLimit(.minutes(1)))
struct SweepGatewayTests {
  private static let refused = ContactFailure(at: GatewayFault("jump", .unreachable, "connection refused"))

  private func bench(_ limits: Limits = Limits(perSite: 4), recorder: Recorder = Recorder()) -> SweepBench {
    SweepBench(
      [(SampleFleet.site("bangkok", gateways: ["jump"]), 20), (SampleFleet.site("tokyo"), 20)],
      gateways: [SampleFleet.gateway("jump")], limits: limits, recorder: recorder)
  }

  @Test func `a site goes on when its gateway does, and no terminal has lost an attempt by it`() async throws {
    let bench = bench()
    let ending = try await bench.clock.running {
      try await bench.run { endpoint in
        endpoint.site == "bangkok" && bench.clock.now.offset < .seconds(9) ? .fails(Self.refused) : .answers
      }
    }
    #expect(ending == .finished)
    let runs = await bench.recorder.runs
    #expect(runs.count == 40 && runs.allSatisfy { $0.outcome == .inspected && $0.attempt == 1 })
    #expect(await bench.recorder.conditions.map(\.standing) == [.held, .released])
    #expect(await bench.recorder.conditions.allSatisfy { $0.site == "bangkok" && $0.gateway == "jump" })
    let times = bench.contacts.times(at: "bangkok")
    #expect(times.prefix(4).allSatisfy { $0 == .zero }, "those that had started before it was known")
    let vain = times.filter { $0 < .seconds(9) }.dropFirst(4)
    #expect(vain.count == 2 && Set(vain).count == 2, "then one at a time")
    #expect(times.count == 20 + 4 + 2)
  }

  @Test func `a gateway that stays away is given up after a while, and the rest is done`() async throws {
    let bench = bench(Limits(perSite: 4, retries: 1))
    let ending = try await bench.clock.running {
      try await bench.run { $0.site == "bangkok" ? .fails(Self.refused) : .answers }
    }
    #expect(ending == .waiting(pending: 20))
    let runs = await bench.recorder.runs
    #expect(runs.count == 20 && runs.allSatisfy { $0.terminal.rawValue.hasPrefix("tokyo") })
    let conditions = await bench.recorder.conditions
    #expect(conditions.map(\.standing) == [.held, .givenUp])
    #expect(conditions.last?.reason == "connection refused" && conditions.last?.outcome == .unreachable)
    let probes = bench.contacts.times(at: "bangkok").dropFirst(4)
    #expect(probes.count == 3, "once and twice the retries")
    #expect(bench.log.turnedBack == 4 + 3 && bench.log.contacted == 20 + 4 + 3)
    #expect(bench.clock.now.offset < .seconds(2 + 6 + 18 + 1))
  }

  @Test(arguments: [
    ContactFailure(
      at: GatewayFault(
        "jump", .hostKeyMismatch, "the host shows another key",
        hostKey: HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: .mismatch, blob: [1]))),
    ContactFailure(at: GatewayFault("jump", .hostKeyUnknown, "no host key on record")),
    ContactFailure(at: GatewayFault("jump", .authFailed, "jumper was refused", didAuthenticate: true)),
    ContactFailure(at: GatewayFault("jump", .timedOut, "no answer to the login", didAuthenticate: true)),
    ContactFailure(at: GatewayFault("jump", .unsupported, "no key exchange in common")),
  ])
  func `what does not pass by itself is not tried again in this run`(failure: ContactFailure) async throws {
    let bench = bench()
    let ending = try await bench.run(canFallBack: true) { $0.site == "bangkok" ? .fails(failure) : .answers }
    #expect(ending == .waiting(pending: 20))
    #expect(bench.contacts.times(at: "bangkok").count <= 4)
    #expect(bench.clock.now.offset == .zero)
    let conditions = await bench.recorder.conditions
    #expect(conditions.map(\.standing) == [.givenUp])
    let fault = failure.gatewayFault
    #expect(conditions.first?.outcome == fault?.outcome && conditions.first?.reason == fault?.reason)
    #expect(conditions.first?.hostKey == fault?.hostKey)
  }

  @Test func `the site goes on as soon as one has its session, however long the checks of that one take`() async throws
  {
    let bench = bench()
    async let ending = bench.run { endpoint in
      guard endpoint.site == "bangkok" else { return .answers }
      if bench.clock.now.offset == .zero { return .fails(Self.refused) }
      return endpoint.terminal == "bangkok-5" ? .answersAfter(.seconds(250)) : .answers
    }
    await bench.clock.untilSleeping(1)
    while await bench.recorder.runs.count < 20 { await Task.yield() }
    bench.clock.advanceToNext()
    while await bench.recorder.runs.count < 39 { await Task.yield() }
    #expect(bench.clock.now.offset < .seconds(3))
    #expect(await bench.recorder.conditions.map(\.standing) == [.held, .released])
    bench.clock.advance(by: .seconds(250))
    #expect(try await ending == .finished)
  }

  @Test func `a failure of the terminal itself behind the gateway shows that the gateway can be passed`() async throws {
    let bench = bench(
      Limits(perSite: 4, retries: 0, sitePause: PauseLimits(), sweepPause: PauseLimits()))
    let ending = try await bench.clock.running {
      try await bench.run { endpoint in
        guard endpoint.site == "bangkok" else { return .answers }
        return .fails(bench.clock.now.offset == .zero ? Self.refused : ContactFailure(.authFailed, "refused"))
      }
    }
    #expect(ending == .finished)
    #expect(await bench.recorder.runs.count { $0.outcome == .authFailed } == 20)
    #expect(await bench.recorder.conditions.map(\.standing) == [.held, .released])
  }

  @Test func `every site behind a gateway is held by it, and those behind another are not`() async throws {
    let sites = [["outer"], ["outer", "inner"], ["other"], []].enumerated().map { number, path in
      (site: SampleFleet.site(ID("s\(number)")!, gateways: path.map { ID($0)! }), terminals: 6)
    }
    let bench = SweepBench(
      sites, gateways: ["outer", "inner", "other"].map { SampleFleet.gateway($0) }, limits: Limits(retries: 0))
    let ending = try await bench.clock.running {
      try await bench.run { endpoint in
        endpoint.hops.first?.gateway.id == "outer"
          ? .fails(ContactFailure(at: GatewayFault("outer", .unreachable, "no route"))) : .answers
      }
    }
    #expect(ending == .waiting(pending: 12))
    #expect(await Set(bench.recorder.conditions.map(\.site)) == ["s0", "s1"])
    #expect(await bench.recorder.runs.count == 12)
  }

  @Test func `an inner gateway that fails leaves those at the outer one alone`() async throws {
    let sites = [["outer"], ["outer", "inner"]].enumerated().map { number, path in
      (site: SampleFleet.site(ID("s\(number)")!, gateways: path.map { ID($0)! }), terminals: 6)
    }
    let bench = SweepBench(
      sites, gateways: ["outer", "inner"].map { SampleFleet.gateway($0) }, limits: Limits(retries: 0))
    let ending = try await bench.clock.running {
      try await bench.run { endpoint in
        endpoint.site == "s1" ? .fails(ContactFailure(at: GatewayFault("inner", .timedOut, "no banner"))) : .answers
      }
    }
    #expect(ending == .waiting(pending: 6))
    #expect(await bench.recorder.conditions.map(\.gateway) == ["inner", "inner"])
    #expect(await bench.recorder.runs.map(\.outcome) == Array(repeating: .inspected, count: 6))
  }

  @Test func `a failure that names a gateway which is not on the way is the terminal's own`() async throws {
    let bench = bench(Limits(retries: 0))
    let ending = try await bench.run { endpoint in
      endpoint.terminal == "tokyo-3" ? .fails(Self.refused) : .answers
    }
    #expect(ending == .finished)
    #expect(await bench.recorder.attempts(at: "tokyo-3").map(\.outcome) == [.unreachable])
    #expect(await bench.recorder.conditions.isEmpty)
  }

  @Test func `a condition that cannot be recorded ends the sweep`() async throws {
    let bench = bench(recorder: Recorder(failsAfter: 0))
    await #expect(throws: Recorder.DiskFull.self) {
      try await bench.run { $0.site == "bangkok" ? .fails(Self.refused) : .hangs }
    }
    #expect(bench.log.conditions.isEmpty, "nothing is told that is not on the disk")
    #expect(bench.clock.sleepers == 0)
  }

  @Test func `a drain does not wait for a gateway`() async throws {
    let bench = bench()
    async let ending = bench.run { $0.site == "bangkok" ? .fails(Self.refused) : .answers }
    while await bench.recorder.runs.count < 20 { await Task.yield() }
    await bench.clock.untilSleeping(1)
    bench.signal.yield(.drain)
    #expect(try await ending == .drained(pending: 20))
    #expect(bench.clock.now.offset == .zero)
  }

  @Test func `held for longer is told each time, and recorded once`() async throws {
    let bench = bench(Limits(retries: 1))
    _ = try await bench.clock.running { try await bench.run { $0.site == "bangkok" ? .fails(Self.refused) : .answers } }
    let told = bench.log.conditions.map { ($0.conditions[0].standing, $0.nextTry) }
    #expect(told.map(\.0) == [.held, .held, .held, .givenUp])
    let waits = told.compactMap(\.1)
    #expect(waits.count == 3 && waits == waits.sorted() && waits.allSatisfy { $0 >= .seconds(1) })
    #expect(told.last?.1 == nil)
  }
}
