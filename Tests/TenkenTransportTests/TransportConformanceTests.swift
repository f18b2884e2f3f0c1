import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

/// The promises of the seam, held against every transport alike: real terminals, real shells, and the twin without
/// either.
@Suite(.timeLimit(.minutes(2)))
struct TransportConformanceTests {
  typealias Subject = TransportConformanceSubject
  typealias Kit = TransportConformance

  @Test(arguments: Subject.allCases)
  func `a session says whom it has reached`(subject: Subject) async throws {
    let evidence = try await subject.lend(.passes) { transport, endpoint in
      try await transport.withSession(on: endpoint) { session in session.evidence }
    }
    if subject.isRemote {
      #expect(evidence.hostKey?.standing == .recorded)
      #expect(evidence.hostKey?.fingerprint.hasPrefix("SHA256:") == true)
      #expect(evidence.dialled?.hasPrefix("127.0.0.1:") == true)
    }
  }

  @Test(arguments: Subject.allCases, [0, 1, 3])
  func `every check has its frame, in order, and the trailer comes`(subject: Subject, count: Int) async throws {
    let checks = Kit.several(count)
    let (execution, frames) = try await subject.lend(.passes) { transport, endpoint in
      try await Kit.run(checks, on: endpoint, over: transport)
    }
    #expect(execution.ending == .closed(exitStatus: 0))
    #expect(frames.isComplete && frames.violation == nil)
    #expect(frames.captures.map(\.check) == checks.map(\.id))
    #expect(frames.captures.map(\.digest) == checks.map(\.digest))
    #expect(frames.captures.allSatisfy { $0.status == .exited(101) })
  }

  @Test(arguments: Subject.allCases)
  func `a failing check is a result`(subject: Subject) async throws {
    let (execution, frames) = try await subject.lend(.fails) { transport, endpoint in
      try await Kit.run([Kit.failing], on: endpoint, over: transport)
    }
    #expect(execution.ending == .closed(exitStatus: 0))
    #expect(frames.isComplete)
    #expect(frames.captures.map(\.status) == [.exited(102)])
  }

  @Test(arguments: Subject.allCases)
  func `the two streams stay apart, byte for byte`(subject: Subject) async throws {
    let (_, frames) = try await subject.lend(.complains) { transport, endpoint in
      try await Kit.run([Kit.complaining], on: endpoint, over: transport)
    }
    #expect(frames.captures.map(\.status) == [.exited(103)])
    #expect(frames.captures.map { String(decoding: $0.stdout, as: UTF8.self) } == [subject.complaint.stdout])
    #expect(frames.captures.map { String(decoding: $0.stderr, as: UTF8.self) } == [subject.complaint.stderr])
  }

  @Test(arguments: Subject.allCases.filter(\.runsScripts))
  func `a megabyte of script and a megabyte on each stream do not wait for each other`(subject: Subject) async throws {
    let (_, frames) = try await subject.lend(.passes) { transport, endpoint in
      try await Kit.run([Kit.bulky, Kit.passing], on: endpoint, over: transport)
    }
    #expect(frames.isComplete)
    #expect(frames.captures.map(\.status) == [.exited(101), .exited(101)])
    #expect(frames.captures.first?.stdout == [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000))
    #expect(frames.captures.first?.stderr == [UInt8](repeating: UInt8(ascii: "y"), count: 1_000_000))
  }

  @Test(arguments: Subject.allCases.filter(\.runsScripts))
  func `output comes back as it is, whatever it imitates`(subject: Subject) async throws {
    let line = #"printf '\n00000000000000000000000000000000 e conformance.check 101 1\n\n%s t 1\n' "$TENKEN_NONCE""#
    let odd = Check.sample(
      "conformance.odd",
      script: #"printf 'a\0b\r\nc\033[2J\377'; head -c 200000 /dev/zero | tr '\0' z; "#
        + "{ \(line); printf 'no end'; } >&2; exit 102",
      outputLimit: 1_000_000)
    let (_, frames) = try await subject.lend(.passes) { transport, endpoint in
      try await Kit.run([odd, Kit.passing], on: endpoint, over: transport)
    }
    #expect(frames.isComplete && frames.violation == nil)
    #expect(frames.captures.map(\.status) == [.exited(102), .exited(101)])
    let beginning = [UInt8]("a\0b\r\nc\u{1b}[2J".utf8) + [0xFF]
    #expect(frames.captures.first?.stdout == beginning + [UInt8](repeating: UInt8(ascii: "z"), count: 200_000))
    let complaint = String(decoding: frames.captures.first?.stderr ?? [], as: UTF8.self)
    #expect(complaint.hasPrefix("\n00000000000000000000000000000000 e conformance.check 101 1\n"))
    #expect(complaint.hasSuffix(" t 1\nno end"))
  }

  @Test(arguments: Subject.allCases)
  func `a check sees the nonce of the facts and not that of the frames`(subject: Subject) async throws {
    let program = Kit.program([Kit.telling])
    let execution = try await subject.lend(.passes) { transport, endpoint in
      try await transport.withSession(on: endpoint) { await $0.execute(program) }
    }
    let capture = try #require(Kit.frames(of: execution, program).captures.first)
    let said = String(decoding: capture.stdout, as: UTF8.self)
    #expect(said.contains("\(program.factNonce)\tfact\ta.fact\t"))
    #expect(!said.contains(program.nonce.hex))
  }

  @Test(arguments: Subject.allCases)
  func `many at once keep to themselves`(subject: Subject) async throws {
    let checks = Kit.several(2)
    try await subject.lend(.passes) { transport, endpoint in
      await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<10 {
          group.addTask {
            (try? await Kit.run(checks, on: endpoint, over: transport))?.frames.isComplete ?? false
          }
        }
        for await isComplete in group { #expect(isComplete) }
      }
    }
  }

  @Test(arguments: Subject.allCases)
  func `a run that is cancelled ends at once and is not complete`(subject: Subject) async throws {
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    let clock = ContinuousClock()
    try await subject.lend(.isSlow, limits: Limits(connectTimeout: .seconds(3600))) { transport, endpoint in
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          begin.yield()
          let result = try? await Kit.run([Kit.slow], on: endpoint, over: transport)
          #expect(result?.frames.isComplete != true)
        }
        for await _ in begun { break }
        group.cancelAll()
        let time = await clock.measure { await group.waitForAll() }
        #expect(time < .seconds(10))
      }
    }
  }

  @Test(arguments: Subject.allCases)
  func `a session that is cancelled while it executes ends at once`(subject: Subject) async throws {
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    let clock = ContinuousClock()
    let program = Kit.program([Kit.slow])
    try await subject.lend(subject == .rehearsal ? .passes : .isSlow) { transport, endpoint in
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          _ = try? await transport.withSession(on: endpoint) { session in
            begin.yield()
            return await session.execute(program)
          }
        }
        for await _ in begun { break }
        group.cancelAll()
        let time = await clock.measure { await group.waitForAll() }
        #expect(time < .seconds(10))
      }
    }
  }

  @Test(arguments: Subject.allCases)
  func `the deadline of the run holds`(subject: Subject) async throws {
    let clock = ContinuousClock()
    let limits = Limits(runTimeout: .milliseconds(200))
    try await subject.lend(.overruns, limits: limits) { transport, endpoint in
      let program = Kit.program([Kit.slow])
      let (execution, time) = try await transport.withSession(on: endpoint) { session in
        let start = clock.now
        return (await session.execute(program), start.duration(to: clock.now))
      }
      guard case .expired = execution.ending else {
        Issue.record("ended otherwise: \(execution.ending)")
        return
      }
      #expect(time < .seconds(10))
      #expect(!Kit.frames(of: execution, program).isComplete)
    }
  }

  @Test(arguments: Subject.allCases)
  func `no terminal sends more than its budget`(subject: Subject) async throws {
    let budget = subject == .rehearsal ? 100 : 100_000
    let (execution, frames) = try await subject.lend(.passes, limits: Limits(bytesPerTerminal: budget)) {
      try await Kit.run([Kit.flooding], on: $1, over: $0)
    }
    guard case .overBudget = execution.ending else {
      Issue.record("ended otherwise: \(execution.ending)")
      return
    }
    #expect(execution.stdout.count <= budget && execution.stderr.count <= budget)
    #expect(!frames.isComplete && frames.violation == nil)
  }

  @Test(arguments: Subject.allCases.filter(\.isRemote))
  func `a terminal that is away is unreachable, with a reason`(subject: Subject) async throws {
    try await subject.lend(.isAway) { transport, endpoint in
      let failure = await #expect(throws: ContactFailure.self) {
        try await transport.withSession(on: endpoint) { _ in Issue.record("there is a session") }
      }
      #expect(failure?.outcome == .unreachable)
      #expect(failure?.reason.contains("refused") == true)
    }
  }
}
