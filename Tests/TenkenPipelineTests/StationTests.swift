import Foundation
import Synchronization
import TenkenModel
import TenkenPipeline
import TenkenRehearsal
import TenkenTestSupport
import Testing

/// Whole sweeps over a rehearsed fleet: real inventory, real checks, real journal.
struct StationTests {
  private static let checks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "checks").path

  private func station(_ directory: URL) -> Station {
    Station(state: directory.appending(path: "state").path, tool: "test", now: { Timestamp(milliseconds: 0) })
  }

  private func fleet(_ directory: URL, terminals: Int) throws -> Inventory {
    let root = directory.appending(path: "fleet")
    for file in Inputs.generated(terminals: terminals, seed: 9).files {
      let target = root.appending(path: file.path)
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: target)
    }
    return try Inputs.inventory(at: root.path)
  }

  private func newSweep(_ station: Station, _ inventory: Inventory) throws -> NewSweep {
    var limits = inventory.limits
    limits.retries = 0
    // Few at once, so that a drain finds most of the fleet still waiting.
    limits.concurrency = 4
    return try station.newSweep(
      of: inventory, with: try Inputs.catalogue(directories: [Self.checks]),
      scope: Scope(checks: ["integrity"], limits: limits, transport: .rehearsal, seed: 4))
  }

  private func run(_ conduct: SweepConduct, drainAfter terminals: Int? = nil) async throws -> SweepResult {
    let transport = RehearsalTransport(seed: 4, clock: ContinuousClock())
    let (signals, continuation) = AsyncStream.makeStream(of: SweepSignal.self)
    let recorded = Mutex(0)
    defer { conduct.close() }
    return try await conduct.run(over: transport, limits: conduct.plan.limits, signals: signals) { event in
      guard case .recorded = event,
        recorded.withLock({
          $0 += 1; return $0
        }) == terminals
      else { return }
      continuation.yield(.drain)
    }
  }

  /// `TERMINAL OUTCOME STATE FAILED` of every terminal.
  private func results(_ station: Station, _ sweep: String = "latest") throws -> [String] {
    try station.archive(sweep).list(select: "", as: .jsonl, in: station).split(separator: "\n").map(String.init)
  }

  @Test func `a sweep that is drained and resumed comes to what an uninterrupted one comes to`() async throws {
    try await withTemporaryDirectory { directory in
      let inventory = try fleet(directory, terminals: 400)
      let whole = station(directory.appending(path: "whole"))
      let uninterrupted = try await run(whole.begin(try newSweep(whole, inventory)))
      #expect(uninterrupted.ending == .finished)

      let parts = station(directory.appending(path: "parts"))
      var result = try await run(parts.begin(try newSweep(parts, inventory)), drainAfter: 50)
      #expect(result.exitStatus == 75)
      var runs = 1
      while result.ending != .finished, runs < 20 {
        result = try await run(parts.resume(nil), drainAfter: runs < 3 ? 60 : nil)
        runs += 1
      }
      #expect(runs > 2)
      #expect(result.exitStatus == uninterrupted.exitStatus)
      #expect(try results(parts) == results(whole))
      #expect(throws: Failure.self) { try parts.resume(nil) }
    }
  }

  @Test func `those that were not reached are contacted again on request, and only those`() async throws {
    try await withTemporaryDirectory { directory in
      let station = station(directory)
      _ = try await run(station.begin(try newSweep(station, try fleet(directory, terminals: 400))))
      let before = try results(station)
      let unreached = try station.archive("latest").list(select: "outcome:unreachable", as: .ids, in: station)
        .split(separator: "\n").count
      try #require(unreached > 0)
      let conduct = try station.resume(nil, retrying: [.unreachable])
      let again = conduct.plan.dispositions.filter { $0 == .inspect(set: 0, attempts: 1) }
      #expect(again.count == unreached)
      #expect(try await run(conduct).ending == .finished)
      let after = try results(station)
      #expect(after.count == before.count)
      let changed = zip(before, after).filter { $0 != $1 }
      #expect(changed.allSatisfy { before, _ in before.contains(#""outcome":"unreachable""#) })
      let none = #expect(throws: Failure.self) { try station.resume("latest", retrying: [.hostile]) }
      #expect(none?.code == .noSuchInput)
    }
  }

  @Test func `a limit of a site that is not there is refused with those that are, and keeps nobody from resuming`()
    async throws
  {
    try await withTemporaryDirectory { directory in
      let station = station(directory)
      try station.begin(try newSweep(station, try fleet(directory, terminals: 20))).close()
      let nowhere = LimitOverride(.authFailed, at: "nowhere")
      let failure = #expect(throws: Failure.self) { try station.resume(nil, overriding: [nowhere]) }
      #expect(failure?.code == .usage)
      #expect(failure?.next.contains("bangkok") == true)
      let there = LimitOverride(.authFailed, at: "bangkok")
      #expect(try await run(station.resume(nil, overriding: [there])).ending == .finished)
    }
  }

  @Test func `a sweep of a running process is not resumed by another`() async throws {
    try await withTemporaryDirectory { directory in
      let station = station(directory)
      let conduct = try station.begin(try newSweep(station, try fleet(directory, terminals: 20)))
      defer { conduct.close() }
      let failure = #expect(throws: Failure.self) { try station.resume("latest") }
      #expect(failure?.code == .tryLater)
    }
  }

  @Test func `a report of an unfinished sweep says so in every format`() async throws {
    try await withTemporaryDirectory { directory in
      let station = station(directory)
      let conduct = try station.begin(try newSweep(station, try fleet(directory, terminals: 300)))
      #expect(try await run(conduct, drainAfter: 5).exitStatus == 75)
      let output = directory.appending(path: "report").path
      let paths = try station.archive("latest").write(ReportFormat.allCases, sites: [], to: output)
      for path in paths where path.hasSuffix(".html") || path.hasSuffix(".txt") {
        #expect(try String(contentsOfFile: path, encoding: .utf8).uppercased().contains("PARTIAL"), "\(path)")
      }
    }
  }

  @Test func `an unknown site or terminal is named with what there is`() async throws {
    try await withTemporaryDirectory { directory in
      let station = station(directory)
      _ = try await run(station.begin(try newSweep(station, try fleet(directory, terminals: 20))))
      let archive = try station.archive("latest")
      let site = #expect(throws: Failure.self) {
        try archive.write([.text], sites: ["atlantis"], to: directory.appending(path: "r").path)
      }
      #expect(site?.code == .usage && site?.next.contains("tokyo-hq") == true)
      let terminal = #expect(throws: Failure.self) { try archive.page(of: "nobody") }
      #expect(terminal?.code == .noSuchInput)
      #expect(throws: Failure.self) { try station.archive("no-such-sweep") }
    }
  }
}
