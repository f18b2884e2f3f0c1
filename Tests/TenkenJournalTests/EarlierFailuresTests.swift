import TenkenJournal
import TenkenModel
import TenkenTestSupport
import Testing

/// A failure that a broken-off attempt saw is not forgotten because the next attempt reached nobody.
struct EarlierFailuresTests {
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

  @Test func `a failure stands where the later attempt brought nothing, or an error`() async throws {
    let broken = attempt(1, .partial, [("check.0", .fail), ("check.1", .pass), ("check.2", .fail)], isFinal: false)
    let unreached = try await earlier(after: [broken, attempt(2, .unreachable, [], isFinal: true)])
    #expect(unreached.map(\.check) == ["check.0", "check.2"])
    #expect(unreached.allSatisfy { $0.result == .fail && $0.message == "in attempt 1: said so" })
    let erred = try await earlier(after: [broken, attempt(2, .partial, [("check.0", .error)], isFinal: true)])
    #expect(erred.map(\.check) == ["check.0", "check.2"])
  }

  @Test func `a definite later answer takes it back, and the latest failure stands for the others`() async throws {
    let answered = try await earlier(after: [
      attempt(1, .partial, [("check.0", .fail), ("check.1", .fail)], isFinal: false),
      attempt(2, .partial, [("check.1", .fail)], isFinal: false),
      attempt(3, .partial, [("check.0", .pass)], isFinal: true),
    ])
    #expect(answered.map(\.message) == ["in attempt 2: said so"])
    #expect(answered.map(\.check) == ["check.1"])
  }

  @Test func `a single attempt has none before it`() async throws {
    #expect(try await earlier(after: [attempt(1, .inspected, [("check.0", .fail)], isFinal: true)]) == [])
  }
}
