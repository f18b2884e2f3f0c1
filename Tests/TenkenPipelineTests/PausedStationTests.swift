import Foundation
import TenkenModel
import TenkenPipeline
import TenkenRehearsal
import TenkenTestSupport
import TenkenTransport
import Testing

/// A site that a limit pauses, from the journal to the pages, and a person who goes beyond it.
struct PausedStationTests {
  private static let checks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "checks").path

  @Test func `who pauses is named, with what goes on; that a person went beyond it is told on every page from then on`()
    async throws
  {
    try await withTemporaryDirectory { directory in
      let station = Station(
        state: directory.path + "/state", tool: "test", now: { Timestamp(milliseconds: 1_795_498_200_000) })
      let paused = try await run(station.begin(try Self.sweep(station, directory)), refusing: "bangkok")
      guard case .waiting = paused.ending else {
        Issue.record("\(paused.ending)")
        return
      }
      #expect(paused.remedies == [LimitOverride(.authFailed, at: "bangkok")])
      let before = try station.archive("latest").status(json: false, in: station).page.words
      #expect(before.contains("the site is paused; resume --override auth-failed@bangkok goes on"), "\(before)")
      #expect(!before.contains("OVERRIDDEN"))

      let again = try await run(station.resume(nil), refusing: nil)
      #expect(again.remedies == paused.remedies, "nothing has changed")
      let over = try await run(station.resume(nil, overriding: Set(paused.remedies)), refusing: nil)
      #expect(over.ending == .finished && over.remedies.isEmpty)

      let remark = "run 3 went beyond the limit auth-failed@bangkok"
      let pages = [
        try station.archive("latest").status(json: false, in: station).page,
        try station.archive("latest").status(json: true, in: station).page, try station.verify("latest").page,
      ]
      for page in pages { #expect(page.words.contains(remark), "\(page)") }
      let output = directory.appending(path: "report").path
      for path in try station.archive("latest").write([.html, .text], sites: [], to: output)
      where path.hasSuffix(".html") || path.hasSuffix(".txt") {
        #expect(try String(contentsOfFile: path, encoding: .utf8).words.contains(remark), "\(path)")
      }
    }
  }

  /// Two sites, of which more than two that refuse the login pause one.
  private static func sweep(_ station: Station, _ directory: URL) throws -> NewSweep {
    let root = directory.appending(path: "fleet/terminals")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    let rows = (1...12).flatMap { ["bkk-\($0),10.66.0.\($0),bangkok", "tyo-\($0),10.81.0.\($0),tokyo"] }
    let files = [
      "../fleet.yaml": "name: paused\ncredentials:\n  default:\n    user: u\n    identity: agent\n",
      "../sites.yaml": "sites:\n  bangkok:\n    name: Bangkok\n  tokyo:\n    name: Tokyo\n",
      "all.csv": (["id,address,site"] + rows).joined(separator: "\n"),
    ]
    for (path, text) in files { try Data(text.utf8).write(to: root.appending(path: path)) }
    let fleet = try Inputs.inventory(at: root.deletingLastPathComponent().path)
    var limits = fleet.limits
    limits.concurrency = 2
    limits.sitePause = PauseLimits(authFailed: PauseLimit(count: 2))
    return try station.newSweep(
      of: fleet, with: try Inputs.catalogue(directories: [checks]),
      scope: Scope(checks: ["integrity"], limits: limits, transport: .rehearsal, seed: 4))
  }

  private func run(_ conduct: SweepConduct, refusing site: ID<Site>?) async throws -> SweepResult {
    defer { conduct.close() }
    return try await conduct.run(
      over: RefusingSite(site: site), limits: conduct.plan.limits, signals: AsyncStream { $0.finish() }
    ) { _ in }
  }
}

extension String {
  /// Without the line breaks that a page has for people.
  fileprivate var words: String { replacing(/\s+/, with: " ") }
}

/// A rehearsal in which a site refuses every login.
private struct RefusingSite: Transport {
  let site: ID<Site>?
  private let rehearsal = RehearsalTransport(seed: 4, faults: .none, clock: ContinuousClock())

  init(site: ID<Site>?) { self.site = site }

  func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    if endpoint.site == site { throw ContactFailure(.authFailed, "the server refused the key") }
    return try await rehearsal.withSession(on: endpoint, body)
  }
}
