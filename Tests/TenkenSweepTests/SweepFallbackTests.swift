import TenkenModel
import TenkenPlan
import TenkenSweep
import TenkenTestSupport
import TenkenTransport
import Testing

/// Terminals that Tenken's own client cannot speak to go on over the system's ssh, where that is there.
@Suite(.timeLimit(.minutes(1)))
struct SweepFallbackTests {
  private static let unsupported = ContactFailure(.unsupported, "no mac in common", isForOpenSSH: true)

  private func bench(_ client: SSHClient? = nil, limits: Limits = Limits()) -> SweepBench {
    SweepBench([(SampleFleet.site("tokyo", client: client), 3)], limits: limits)
  }

  @Test func `what lacks an algorithm is contacted once more over the system's ssh, at once`() async throws {
    let bench = bench()
    let ending = try await bench.run(canFallBack: true) { endpoint in
      endpoint.terminal == "tokyo-2" && endpoint.client == .builtIn ? .fails(Self.unsupported) : .answers
    }
    #expect(ending == .finished)
    #expect(bench.clock.now.offset == .zero)
    let runs = await bench.recorder.attempts(at: "tokyo-2")
    #expect(runs.map(\.outcome) == [.unsupported, .inspected])
    #expect(runs.map(\.isFinal) == [false, true])
    #expect(runs.map(\.reason) == ["no mac in common; the system's ssh comes next", ""])
    #expect(bench.contacts.entries.count { $0.endpoint.client == .openSSH } == 1)
  }

  @Test func `when that fails too its outcome stands, and the reason tells both`() async throws {
    let bench = bench()
    let ending = try await bench.run(canFallBack: true) { endpoint in
      .fails(endpoint.client == .builtIn ? Self.unsupported : ContactFailure(.authFailed, "u was refused"))
    }
    #expect(ending == .finished)
    for terminal in 1...3 {
      let runs = await bench.recorder.attempts(at: ID("tokyo-\(terminal)")!)
      #expect(runs.map(\.outcome) == [.unsupported, .authFailed] && runs[1].isFinal)
      #expect(runs[1].reason == "u was refused (the system's ssh; Tenken's own: no mac in common)")
    }
  }

  @Test func `it takes nothing from the retries, which go on over the system's ssh`() async throws {
    let bench = bench(limits: Limits(retries: 1))
    let ending = try await bench.clock.running {
      try await bench.run(canFallBack: true) { endpoint in
        if endpoint.client == .builtIn { return .fails(Self.unsupported) }
        return endpoint.attempt == 2 ? .fails(ContactFailure(.unreachable, "refused")) : .answers
      }
    }
    #expect(ending == .finished)
    let runs = await bench.recorder.attempts(at: "tokyo-1")
    #expect(runs.map(\.outcome) == [.unsupported, .unreachable, .inspected])
    #expect(runs.map(\.attempt) == [1, 2, 3] && runs.map(\.isFinal) == [false, false, true])
    #expect(
      bench.contacts.entries.filter { $0.endpoint.terminal == "tokyo-1" }.map(\.endpoint.client) == [
        .builtIn, .openSSH, .openSSH,
      ])
  }

  @Test func `a terminal that the system's ssh lacks something for as well ends there`() async throws {
    let bench = bench(limits: Limits(retries: 3))
    let ending = try await bench.run(canFallBack: true) { _ in .fails(Self.unsupported) }
    #expect(ending == .finished)
    #expect(await bench.recorder.runs.map(\.isFinal).count { $0 } == 3)
    #expect(bench.contacts.entries.count == 6)
  }

  @Test func `where there is no system's ssh it is final`() async throws {
    let bench = bench()
    let ending = try await bench.run { _ in .fails(Self.unsupported) }
    #expect(ending == .finished)
    #expect(await bench.recorder.runs.allSatisfy { $0.isFinal && $0.reason == "no mac in common" })
    #expect(bench.contacts.entries.count == 3)
  }

  @Test(arguments: [
    ContactFailure(.unsupported, "SSH-1"), ContactFailure(.hostKeyMismatch, "another key", isForOpenSSH: true),
  ])
  func `what another client does not mend stays as it is`(failure: ContactFailure) async throws {
    let bench = bench()
    let ending = try await bench.run(canFallBack: true) { _ in .fails(failure) }
    #expect(ending == .finished)
    #expect(await bench.recorder.runs.map(\.outcome) == Array(repeating: failure.outcome, count: 3))
  }

  @Test(
    arguments: [(.openSSH, nil, .openSSH), (.openSSH, .builtIn, .builtIn), (.builtIn, .openSSH, .openSSH)]
      as [(SSHClient, SSHClient?, SSHClient)])
  func `a site's own client comes before the sweep's`(client: SSHClient, site: SSHClient?, used: SSHClient) async throws
  {
    let bench = bench(site)
    #expect(try await bench.run(client: client) { _ in .answers } == .finished)
    #expect(bench.contacts.entries.map(\.endpoint.client) == Array(repeating: used, count: 3))
  }

  @Test func `cut between the two, a resume goes on with the system's ssh`() async throws {
    let bench = bench(limits: Limits(retries: 0))
    async let first = bench.run(canFallBack: true) { $0.client == .builtIn ? .fails(Self.unsupported) : .hangs }
    await bench.clock.untilSleeping(3)
    bench.signal.yield(.stop)
    #expect(try await first == .stopped)
    let (silence, _) = AsyncStream.makeStream(of: SweepSignal.self)
    let ending = try await bench.run(canFallBack: true, signals: silence) { endpoint in
      endpoint.client == .openSSH ? .fails(ContactFailure(.unreachable, "refused")) : .answers
    }
    #expect(ending == .finished)
    let runs = await bench.recorder.attempts(at: "tokyo-1")
    #expect(runs.map(\.outcome) == [.unsupported, .unreachable])
    #expect(runs[1].reason == "refused (the system's ssh; Tenken's own: no mac in common)")
  }

  @Test func `cut between the two and resumed where there is no system's ssh, it starts over and ends`() async throws {
    let bench = bench(limits: Limits(retries: 0))
    async let first = bench.run(canFallBack: true) { $0.client == .builtIn ? .fails(Self.unsupported) : .hangs }
    await bench.clock.untilSleeping(3)
    bench.signal.yield(.stop)
    #expect(try await first == .stopped)
    let (silence, _) = AsyncStream.makeStream(of: SweepSignal.self)
    #expect(try await bench.run(signals: silence) { _ in .fails(Self.unsupported) } == .finished)
    #expect(await bench.recorder.attempts(at: "tokyo-1").map(\.isFinal) == [false, true])
  }
}
