import Foundation
import Synchronization
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenPipeline

/// A probe of terminals that say what a test wants.
struct ProbeTests {
  private static let now = Timestamp(milliseconds: 1_764_000_000_500)

  private static let sound = """
    NONCE\tfact\tprobe.time\t1764000000.500000000
    NONCE\tfact\tprobe.login\tinspector\t1000
    NONCE\tfact\tprobe.system\tLinux\t6.1\tx86_64
    NONCE\tfact\tprobe.release\tdebian\t12
    NONCE\tfact\tprobe.shell\t/bin/bash\t/usr/bin/dash
    NONCE\tfact\tprobe.program\tawk

    """

  private static func answers(
    _ system: String = sound, status: Capture.Status = .exited(108), complaint: String = "",
    root: Capture.Status = .exited(108)
  ) -> [ID<Check>: CannedTransport.Answer] {
    [
      "probe.system": CannedTransport.Answer(status: status, stdout: system, stderr: complaint),
      "probe.root": CannedTransport.Answer(status: root),
    ]
  }

  /// Terminals `s-1` to `s-N`.
  private static func inventory(terminals: Int, platform: String, gateways: [ID<Gateway>]) -> Inventory {
    let site = Site(id: "s", name: "s", gateways: gateways)
    let plain = SampleFleet.inventory([(site, terminals)], platform: platform)
    return Inventory(
      name: plain.name, sites: plain.sites, gateways: gateways.map { Gateway(id: $0, address: "10.9.0.1") },
      terminals: plain.terminals, credentials: plain.credentials, limits: plain.limits, sources: plain.sources,
      digest: plain.digest)
  }

  private static let rootCheck = Check.sample("a.root", requires: ["awk", "ss"], privilege: .root)

  /// The rows of a probe of terminals `s-1` to `s-N`, one for each host.
  private func probe(
    _ hosts: [Result<CannedTransport.Host, ContactFailure>], checks: [Check] = [Self.rootCheck],
    platform: String = "linux", select: String = "", gateways: [ID<Gateway>] = [], drainAtOnce: Bool = false
  ) async throws -> [[String: Any]] {
    try await withTemporaryDirectory { directory in
      let station = Station(state: directory.path, tool: "test", now: { Self.now })
      let inventory = Self.inventory(terminals: hosts.count, platform: platform, gateways: gateways)
      let probe = try station.probe(
        of: inventory, for: SampleFleet.catalogue(checks), scope: Scope(selection: select, limits: Limits(retries: 0)))
      let transport = CannedTransport { hosts[(Int($0.terminal.rawValue.dropFirst(2)) ?? 1) - 1] }
      let (signals, continuation) = AsyncStream.makeStream(of: SweepSignal.self)
      var limits = probe.plan.limits
      if drainAtOnce {
        limits.concurrency = 1
        continuation.yield(.drain)
      }
      let result = try await probe.run(over: transport, limits: limits, signals: signals) { event in
        if drainAtOnce, case .recorded = event { continuation.yield(.drain) }
      }
      #expect((result.ending == .finished) == (!drainAtOnce && gateways.isEmpty))
      return try result.text(as: .jsonl, colour: false).split(separator: "\n").map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
    }
  }

  private func host(
    _ answers: [ID<Check>: CannedTransport.Answer], key: HostKeyEvidence.Standing? = .recorded
  ) -> Result<CannedTransport.Host, ContactFailure> {
    .success(
      CannedTransport.Host(
        hostKey: key.map { HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: $0) },
        answers: answers))
  }

  @Test func `what a terminal says of itself stands in its row`() async throws {
    let row = try #require(try await probe([host(Self.answers())]).first)
    #expect(row["readiness"] as? String == "ready")
    #expect(row["user"] as? String == "inspector")
    #expect(row["kernel"] as? String == "6.1")
    #expect(row["release"] as? String == "debian")
    #expect(row["sh"] as? String == "/usr/bin/dash")
    #expect(row["missing"] as? String == "ss")
    #expect(row["clock_offset_ms"] as? Int == 0)
    #expect(row["root"] as? String == "granted")
  }

  @Test func `nothing is ready by accident`() async throws {
    let cases: [(readiness: String, host: Result<CannedTransport.Host, ContactFailure>)] = [
      ("partial", host([:])),
      ("partial", host(["probe.system": CannedTransport.Answer(stdout: Self.sound)])),
      ("unanswered", host(Self.answers(status: .exited(0)))),
      ("unanswered", host(Self.answers(status: .expired))),
      ("unanswered", host(Self.answers(status: .lacksProgram("head")))),
      ("unanswered", host(Self.answers("NONCE\tfact\tprobe.system\tLinux\n"))),
      ("unanswered", host(Self.answers(complaint: "sh: 3: uname: not found\n"))),
      ("unanswered", host(Self.answers(String(repeating: "x", count: 17_000)))),
      ("other-platform", host(Self.answers(""))),
      ("other-platform", host(Self.answers(Self.sound.replacing("NONCE", with: "another")))),
      ("other-platform", host(Self.answers(Self.sound.replacing("Linux", with: "Darwin")))),
      ("no-root", host(Self.answers(root: .lacksRoot))),
      ("no-root", host(Self.answers(root: .exited(106)))),
      ("no-root", host(Self.answers(root: .expired))),
      ("no-root", host(Self.answers(root: .exited(0)))),
      ("clock", host(Self.answers(Self.sound.replacing("1764000000", with: "1764000093")))),
      ("clock", host(Self.answers(Self.sound.replacing("1764000000.5", with: "now")))),
      ("host-key-unknown", host(Self.answers(), key: .unknown)), ("host-key-unknown", host(Self.answers(), key: nil)),
    ]
    let rows = try await probe(cases.map(\.host))
    #expect(rows.map { $0["readiness"] as? String } == cases.map(\.readiness))
  }

  @Test func `the contact's own outcome and reason are told`() async throws {
    let rows = try await probe([
      .failure(ContactFailure(.unreachable, "connection refused")),
      .failure(ContactFailure(.hostKeyUnknown, "no host key on record")),
    ])
    #expect(rows.map { $0["readiness"] as? String } == ["unreachable", "host-key-unknown"])
    #expect(rows.map { $0["reason"] as? String } == ["connection refused", "no host key on record"])
  }

  @Test func `who stands behind a gateway that cannot be passed was not contacted, and is told so`() async throws {
    let failure = ContactFailure(at: GatewayFault("gw", .hostKeyUnknown, "no host key on record"))
    let rows = try await probe(Array(repeating: .failure(failure), count: 5), gateways: ["gw"])
    #expect(rows.map { $0["readiness"] as? String } == Array(repeating: "gateway", count: 5))
    #expect(rows.allSatisfy { $0["reason"] as? String == "gateway gw: no host key on record" })
    #expect(rows.allSatisfy { $0["probe"] as? String == "complete" })
  }

  @Test func `root is asked for only where some check of the platform needs it`() async throws {
    let refuses = host(Self.answers(root: .lacksRoot))
    #expect(try await probe([refuses], checks: [.sample("a.b")])[0]["readiness"] as? String == "ready")
    let elsewhere = Check.sample("a.b", platforms: ["macos"], privilege: .root)
    let row = try await probe([refuses], checks: [elsewhere])[0]
    #expect(row["readiness"] as? String == "ready")
    #expect((row["root"] as? String)?.hasPrefix("denied") == true)
  }

  @Test func `terminals of every platform are probed, and only those that are selected`() async throws {
    let rows = try await probe([host(Self.answers()), host(Self.answers())], platform: "aix", select: "s-2")
    #expect(rows.map { $0["terminal"] as? String } == ["s-2"])
    #expect(rows[0]["readiness"] as? String == "other-platform")
  }

  @Test func `an interrupted probe tells what came and of whom nothing came`() async throws {
    let rows = try await probe(Array(repeating: host(Self.answers()), count: 20), drainAtOnce: true)
    #expect(rows.count == 20)
    #expect(rows.allSatisfy { $0["probe"] as? String == "interrupted" })
    #expect(rows.last?["readiness"] as? String == "pending")
    #expect(Set(rows.compactMap { $0["readiness"] as? String }).isSubset(of: ["ready", "pending"]))
  }

  @Test func `a hostile terminal can claim no program that it was not asked for, and fill no memory`() async throws {
    let long = String(repeating: "k", count: 9000)
    let row = try await probe([
      host(Self.answers(Self.sound.replacing("awk", with: "sh\tx").replacing("\tsh\tx", with: "\trogue")))
    ])[0]
    #expect(row["programs"] as? String == "")
    let kept = try await probe([host(Self.answers(Self.sound.replacing("6.1", with: long)))])[0]
    #expect((kept["kernel"] as? String)?.count == 120)
  }
}
