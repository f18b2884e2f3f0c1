import Foundation
import Synchronization
import TenkenModel
import TenkenPipeline
import TenkenRehearsal
import TenkenTestSupport
import Testing

/// A new sweep of those that an earlier one says something of.
struct NextSweepTests {
  @Test func `those that failed and those that were never reached are the next sweep, and nobody else`() async throws {
    try await withTemporaryDirectory { directory in
      let fleet = try Self.fleet(in: directory)
      let station = Self.station(in: directory)
      let first = try Self.sweep(station, fleet, "not role:laptop")
      let signals = AsyncStream<SweepSignal> { $0.yield(.drain) }
      _ = try await Self.run(station.begin(first), signals)
      let selection = "outcome:unreachable@latest or outcome:pending@latest"
      let wanted = try Self.ids(station, "outcome:unreachable or outcome:pending")
      try #require(!wanted.isEmpty)
      #expect(Self.contacted(try Self.sweep(station, fleet, selection)) == wanted)
    }
  }

  @Test func `those that were unsound are swept again after cleaning, by a sweep of its own`() async throws {
    try await withTemporaryDirectory { directory in
      let fleet = try Self.fleet(in: directory)
      let station = Self.station(in: directory)
      _ = try await Self.run(station.begin(try Self.sweep(station, fleet, "")), AsyncStream { $0.finish() })
      let unsound = try Self.ids(station, "state:unsound")
      try #require(!unsound.isEmpty)
      let again = try Self.sweep(station, fleet, "state:unsound@latest")
      #expect(Self.contacted(again) == unsound)
      #expect(try await Self.run(station.begin(again), AsyncStream { $0.finish() }).ending == .finished)
      let account = try station.archive("latest").status(json: true, in: station).page.split(separator: "\n").last ?? ""
      #expect(
        account.contains("\"terminals\":300") && account.contains("\"excluded\":\(300 - unsound.count)"), "\(account)")
    }
  }

  /// Whose sweeps begin one after the other, so that the latest is known.
  private static func station(in directory: URL) -> Station {
    let milliseconds = Mutex<Int64>(0)
    return Station(state: directory.path + "/state", tool: "test") {
      milliseconds.withLock { milliseconds in
        milliseconds += 1
        return Timestamp(milliseconds: milliseconds)
      }
    }
  }

  private static func contacted(_ sweep: NewSweep) -> Set<String> {
    Set(
      zip(sweep.plan.inventory.terminals, sweep.plan.dispositions).compactMap { terminal, disposition in
        if case .inspect = disposition { terminal.id.rawValue } else { nil }
      })
  }

  private static func ids(_ station: Station, _ selection: String) throws -> Set<String> {
    Set(
      try station.archive("latest").list(select: selection, as: .ids, in: station)
        .split(separator: "\n").map(String.init))
  }

  private static func fleet(in directory: URL) throws -> Inventory {
    for file in Inputs.generated(terminals: 300, seed: 9).files {
      let target = directory.appending(path: "fleet/\(file.path)")
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: target)
    }
    return try Inputs.inventory(at: directory.path + "/fleet")
  }

  private static func sweep(_ station: Station, _ fleet: Inventory, _ selection: String) throws -> NewSweep {
    var limits = fleet.limits
    (limits.retries, limits.concurrency) = (0, 64)
    let checks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "checks").path
    return try station.newSweep(
      of: fleet, with: try Inputs.catalogue(directories: [checks]),
      scope: Scope(selection: selection, checks: ["integrity"], limits: limits, transport: .rehearsal, seed: 4))
  }

  private static func run(_ conduct: SweepConduct, _ signals: AsyncStream<SweepSignal>) async throws -> SweepResult {
    defer { conduct.close() }
    return try await conduct.run(
      over: RehearsalTransport(seed: 4, clock: ContinuousClock()), limits: conduct.plan.limits, signals: signals
    ) { _ in }
  }
}
