import Foundation
import TenkenModel
import TenkenPipeline
import TenkenRehearsal
import TenkenTestSupport
import TenkenTransport
import Testing

/// A sweep whose gateway cannot be passed, from the journal to the pages, and its resume.
@Suite(.timeLimit(.minutes(1)))
struct HeldSiteTests {
  private static let refused = ContactFailure(at: GatewayFault("jump", .unreachable, "connection refused"))
  private static let mismatch = ContactFailure(
    at: GatewayFault(
      "jump", .hostKeyMismatch, "the host shows another key",
      hostKey: HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:wrong", standing: .mismatch, blob: [1])))
  private static let checks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "checks").path

  private func station(_ directory: URL) -> Station {
    Station(
      state: directory.appending(path: "state").path, tool: "test", now: { Timestamp(milliseconds: 1_795_498_200_000) })
  }

  /// Three terminals behind the gateway `jump`, two that are not.
  private func fleet(_ directory: URL) throws -> Inventory {
    let root = directory.appending(path: "fleet/terminals")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    let files = [
      "../fleet.yaml": "name: held\ncredentials:\n  default:\n    user: u\n    identity: agent\n",
      "../sites.yaml": """
      sites:
        bangkok:
          name: Bangkok
          gateways: [jump]
        tokyo:
          name: Tokyo
      gateways:
        jump:
          address: 203.0.113.9
          credential: default
      """,
      "all.csv": """
      id,address,site
      bkk-1,10.66.0.1,bangkok
      bkk-2,10.66.0.2,bangkok
      bkk-3,10.66.0.3,bangkok
      tyo-1,10.81.0.1,tokyo
      tyo-2,10.81.0.2,tokyo
      """,
    ]
    for (path, text) in files { try Data(text.utf8).write(to: root.appending(path: path)) }
    return try Inputs.inventory(at: root.deletingLastPathComponent().path)
  }

  private func begin(_ station: Station, _ directory: URL) throws -> SweepConduct {
    let inventory = try fleet(directory)
    return try station.begin(
      try station.newSweep(
        of: inventory, with: try Inputs.catalogue(directories: [Self.checks]),
        scope: Scope(limits: Limits(retries: 0), transport: .rehearsal, seed: 4)))
  }

  private func run(_ conduct: SweepConduct, _ failure: ContactFailure? = nil) async throws -> SweepResult {
    let (signals, _) = AsyncStream.makeStream(of: SweepSignal.self)
    defer { conduct.close() }
    return try await conduct.run(
      over: DownGateway(failure: failure), limits: conduct.plan.limits, signals: signals, events: { _ in })
  }

  @Test func `a sweep whose gateway is down ends waiting, says why everywhere, and a resume finishes it`() async throws
  {
    try await withTemporaryDirectory { directory in
      let station = station(directory)
      let result = try await run(begin(station, directory), Self.refused)
      #expect(result.ending == .waiting(pending: 3) && result.exitStatus == 75)
      let remark =
        "HELD: 3 terminals of bangkok not contacted: gateway jump: connection refused, "
        + "since 2026-11-24 05:30:00 UTC"
      #expect(result.holds == [remark])
      let archive = try station.archive("latest")
      for json in [false, true] {
        let page = try archive.status(json: json, in: station)
        #expect(page.page.replacing("\n", with: " ").contains(remark))
        #expect(page.exitStatus == 75)
      }
      #expect(
        try archive.status(json: true, in: station).page.contains(#""held":[{"standing":"given-up","gateway":"jump""#))
      let list = try archive.list(select: "outcome:pending", as: .jsonl, in: station)
      #expect(list.split(separator: "\n").count == 3)
      let end = result.jsonLine
      #expect(end.contains(#""ending":"waiting""#) && end.contains(#""pending":3"#))

      let resumed = try await run(station.resume(nil))
      #expect(resumed.ending == .finished && resumed.holds.isEmpty)
      #expect(try !station.archive("latest").status(json: false, in: station).page.contains("HELD"))
    }
  }

  @Test func `a gateway with another key is one finding, of its sites, and stays one`() async throws {
    try await withTemporaryDirectory { directory in
      let station = station(directory)
      #expect(try await run(begin(station, directory), Self.mismatch).ending == .waiting(pending: 3))
      let resumed = try await run(station.resume(nil))
      #expect(resumed.ending == .finished)
      #expect(resumed.exitStatus & 1 == 1, "what was seen once stays seen")
      let text = resumed.text(colour: false).replacing(/\s+/, with: " ")
      #expect(text.contains("Gateway jump shows another host key than the one on record [jump.host-key-mismatch]"))
      #expect(text.contains("before bangkok: the host shows another key; it offered ssh-ed25519 SHA256:wrong"))
      let status = try station.archive("latest").status(json: true, in: station).page.split(separator: "\n")
      #expect(
        status.count { $0.contains(#""soundness":"unsound""#) } == 2, "the site and the whole, not the other site")
    }
  }

  @Test func `a journal of the first schema is resumed and reported`() async throws {
    try await withTemporaryDirectory { directory in
      let restored = try OldJournal.restored(version: 1, in: directory)
      let station = Station(state: restored.state, tool: "test", now: { Timestamp(milliseconds: 1_795_598_200_000) })
      let before = try station.archive("latest").status(json: false, in: station)
      #expect(before.page.contains("pending 1 = 16 listed") && before.exitStatus == 75)
      let result = try await run(station.resume(nil))
      #expect(result.ending == .finished)
      let after = try station.archive("latest").status(json: false, in: station).page
      #expect(after.contains("run 1  2026-11-24 09:18:33 UTC  cut off") && after.contains("run 2"))
      #expect(after.contains("= 16 listed") && !after.contains("pending"))
      let output = directory.appending(path: "report").path
      #expect(try !station.archive("latest").write(ReportFormat.allCases, sites: [], to: output).isEmpty)
    }
  }
}

/// A rehearsal in which the gateways cannot be passed.
private struct DownGateway: Transport {
  /// `nil`: they can.
  let failure: ContactFailure?
  private let rehearsal = RehearsalTransport(seed: 4, faults: .none, clock: ContinuousClock())

  init(failure: ContactFailure?) { self.failure = failure }

  func withSession<Value: Sendable>(
    on endpoint: Endpoint, _ body: (any Session) async -> Value
  ) async throws(ContactFailure) -> Value {
    if let failure, !endpoint.hops.isEmpty { throw failure }
    return try await rehearsal.withSession(on: endpoint, body)
  }
}
