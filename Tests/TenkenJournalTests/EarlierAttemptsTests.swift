import TenkenJournal
import TenkenModel
import TenkenTestSupport
import Testing

/// A failure that a broken-off attempt saw is not forgotten because the next attempt reached nobody.
struct EarlierAttemptsTests {
  private func attempt(
    _ number: Int, _ outcome: Outcome, _ results: [(ID<Check>, CheckResult)], isFinal: Bool
  ) -> Attempt {
    Attempt(
      terminal: "t-0", number: number, started: SampleSweep.now, ended: SampleSweep.now, outcome: outcome,
      reason: "\(outcome.rawValue)", isFinal: isFinal,
      observations: results.map { Observation(check: $0, result: $1, message: "said so", milliseconds: 1) })
  }

  private func earlier(after attempts: [Attempt]) async throws -> [Observation] {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      defer { journal.close() }
      for attempt in attempts { try await journal.record(attempt) }
      let record = try #require(try journal.reader.record(of: "t-0"))
      var streamed: [Observation] = []
      try journal.reader.forEachRecord { if $0.terminal == "t-0" { streamed = $0.earlierFailures } }
      #expect(streamed == record.earlierFailures)
      return record.earlierFailures
    }
  }

  @Test func `a failure stands whatever later attempts brought, a pass included`() async throws {
    let broken = attempt(1, .partial, [("check.0", .fail), ("check.1", .pass), ("check.2", .fail)], isFinal: false)
    for later in [
      attempt(2, .unreachable, [], isFinal: true), attempt(2, .partial, [("check.0", .error)], isFinal: true),
      attempt(2, .inspected, [("check.0", .pass), ("check.2", .notApplicable)], isFinal: true),
    ] {
      let stands = try await earlier(after: [broken, later])
      #expect(stands.map(\.check) == ["check.0", "check.2"])
      #expect(stands.allSatisfy { $0.result == .fail && $0.message == "in attempt 1: said so" })
    }
  }

  @Test func `what fails again is told once, the latest failure for the others`() async throws {
    let failures = try await earlier(after: [
      attempt(1, .partial, [("check.0", .fail), ("check.1", .fail)], isFinal: false),
      attempt(2, .partial, [("check.1", .fail)], isFinal: false),
      attempt(3, .partial, [("check.0", .fail)], isFinal: true),
    ])
    #expect(failures.map(\.message) == ["in attempt 2: said so"])
    #expect(failures.map(\.check) == ["check.1"])
  }

  @Test func `an earlier attempt that met another key, or a peer that broke the protocol, is an alarm`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      defer { journal.close() }
      let key = HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: .mismatch)
      for (number, outcome) in [Outcome.hostKeyMismatch, .hostile, .unreachable, .inspected].enumerated() {
        try await journal.record(
          Attempt(
            terminal: "t-0", number: number + 1, started: SampleSweep.now, ended: SampleSweep.now, outcome: outcome,
            reason: "because", isFinal: true, hostKey: outcome == .hostKeyMismatch ? key : nil))
      }
      let record = try #require(try journal.reader.record(of: "t-0"))
      #expect(record.earlierAlarms.map(\.outcome) == [.hostKeyMismatch, .hostile])
      #expect(record.earlierAlarms.first?.hostKey == key)
    }
  }

  @Test func `a single attempt has none before it`() async throws {
    #expect(try await earlier(after: [attempt(1, .inspected, [("check.0", .fail)], isFinal: true)]) == [])
  }

  @Test func `what checks told and the last attempt did not answer is kept, the latest of each`() async throws {
    func told(_ number: Int, _ outcome: Outcome, _ answers: [(ID<Check>, CheckResult, [String])]) -> Attempt {
      Attempt(
        terminal: "t-0", number: number, started: SampleSweep.now, ended: SampleSweep.now, outcome: outcome,
        reason: "", isFinal: number == 3,
        observations: answers.map { check, result, values in
          Observation(
            check: check, result: result, message: "", milliseconds: 1,
            facts: values.map { Fact(name: "net.peers", values: [$0, "\(number)"]) })
        })
    }
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      defer { journal.close() }
      for attempt in [
        told(
          1, .partial,
          [("check.0", .informational, ["a", "b"]), ("check.1", .pass, ["c"]), ("check.2", .error, ["d"])]),
        told(2, .partial, [("check.0", .informational, ["e", "f"]), ("check.2", .fail, ["g"])]),
        told(3, .partial, [("check.1", .pass, ["h"]), ("check.2", .unknown, ["i"])]),
      ] { try await journal.record(attempt) }
      let answers = try #require(try journal.reader.record(of: "t-0")).earlierAnswers
      #expect(answers.map(\.number) == [2])
      #expect(answers.first?.observations.map(\.check) == ["check.0", "check.2"])
      #expect(answers.first?.observations.map { $0.facts.map { $0.values[0] } } == [["e", "f"], ["g"]])
    }
  }
}
