import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenJournal

/// Which limits paused a sweep, and which of them a person had a run go beyond.
struct OverrideTests {
  private static let everywhere = LimitOverride(.hostile)
  private static let tokyo = LimitOverride(.authFailed, at: "tokyo")

  @Test func `what a run went beyond is told of that run, to whoever reads`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      try sweep.create().close()
      let journal = try sweep.open()
      try journal.override([Self.everywhere, Self.tokyo])
      #expect(try sweep.reader().runs().map(\.overrides) == [[], [Self.tokyo, Self.everywhere]])
      journal.close()
      try sweep.open().close()
      #expect(try sweep.reader().runs().map(\.overrides) == [[], [Self.tokyo, Self.everywhere], []])
      #expect(try sweep.reader().audit().problems == [])
    }
  }

  @Test func `a site that the sweep does not have has no limit, and none of the others is recorded`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      defer { journal.close() }
      let failure = #expect(throws: Failure.self) {
        try journal.override([Self.everywhere, LimitOverride(.authFailed, at: "nowhere")])
      }
      #expect(failure?.code == .bug)
      #expect(try sweep.reader().runs().map(\.overrides) == [[]])
    }
  }

  @Test(arguments: [.site, .sweep, nil] as [SiteCondition.Pause?])
  func `whose limit paused a site comes back as it was recorded`(pause: SiteCondition.Pause?) async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      let condition = SiteCondition(
        site: "tokyo", standing: .givenUp, gateway: nil, outcome: .authFailed, reason: "auth-failed on 4 of 9",
        pause: pause, at: SampleSweep.now)
      try await journal.record([condition])
      journal.close()
      #expect(try sweep.reader().conditions() == [condition])
    }
  }
}
