import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

@testable import TenkenPipeline

/// Scans of hosts that show the keys that a test wants.
struct KeyScanTests {
  /// An ed25519 key in wire encoding, of no one.
  private static func key(_ seed: UInt8) -> HostKey {
    let type = "ssh-ed25519"
    let blob = [0, 0, 0, 11] + Array(type.utf8) + [0, 0, 0, 32] + [UInt8](repeating: seed, count: 32)
    return HostKey(type: type, blob: blob)
  }

  private static func line(_ host: String, _ key: HostKey) -> String {
    "\(host) \(key.type) \(Base64.encode(key.blob, padded: true))"
  }

  /// Two sites behind gateways, one of them behind two, and one that is reached directly.
  private static func inventory(knownHosts: String = "") -> Inventory {
    let sites = [
      Site(id: "far", name: "", gateways: ["outer", "inner"]), Site(id: "near", name: "", gateways: ["outer"]),
      Site(id: "here", name: ""),
    ]
    let terminals = ["far", "near", "here"].enumerated().map { number, site in
      Terminal(id: ID("\(site)-1")!, address: "10.0.\(number).1", site: ID(site)!)
    }
    // A terminal whose id is what a gateway's stand-in would be called.
    let odd = Terminal(id: "gateway-1", address: "10.0.2.2", port: 2222, site: "here")
    let gateways = [
      Gateway(id: "inner", address: "10.9.0.1"), Gateway(id: "outer", address: "203.0.113.9", port: 2022),
      Gateway(id: "unused", address: "203.0.113.10"),
    ]
    return Inventory(
      name: "sample", sites: sites, gateways: gateways, terminals: terminals + [odd],
      credentials: ["default": Credential(name: "default", user: "u", identity: .agent)], limits: Limits(retries: 0),
      sources: SourceFiles(
        origin: "inventory", files: [SourceFiles.File(path: "known_hosts", bytes: Array(knownHosts.utf8))]),
      digest: .sample("inventory"))
  }

  private func scan(
    _ inventory: Inventory, select: String = "", ending: SweepEnding = .finished,
    _ shows: @escaping @Sendable (Endpoint) -> Result<HostKeyEvidence, ContactFailure>
  ) async throws -> (lines: [String], summary: String) {
    try await withTemporaryDirectory { directory in
      let station = Station(state: directory.path, tool: "test", now: { Timestamp(milliseconds: 0) })
      let scan = try station.keyScan(of: inventory, scope: Scope(selection: select, limits: inventory.limits))
      let transport = CannedTransport { shows($0).map { CannedTransport.Host(hostKey: $0) } }
      let (signals, _) = AsyncStream.makeStream(of: SweepSignal.self)
      let result = try await scan.run(
        over: transport, limits: scan.plan.limits, signals: signals, events: { _ in })
      #expect(result.ending == ending)
      let lines = result.knownHosts.split(separator: "\n").map(String.init)
      return (Array(lines.dropFirst(3)), result.summary(colour: false))
    }
  }

  private static func shown(
    _ key: HostKey, _ standing: HostKeyEvidence.Standing = .unknown
  ) -> Result<HostKeyEvidence, ContactFailure> {
    .success(
      HostKeyEvidence(
        type: key.type, fingerprint: key.fingerprint, standing: standing, blob: standing == .recorded ? nil : key.blob))
  }

  /// By the host's address, so that no two are the same.
  private static func keyOf(_ address: String) -> HostKey {
    key(UInt8(truncatingIfNeeded: address.utf8.reduce(UInt32(7)) { ($0 &* 31) &+ UInt32($1) }))
  }

  @Test func `the gateways on the way are asked too, before the terminals`() async throws {
    let (lines, summary) = try await scan(Self.inventory()) { endpoint in Self.shown(Self.keyOf(endpoint.address)) }
    let hosts = lines.map { $0.split(separator: " ").first.map(String.init) }
    #expect(
      hosts == ["10.9.0.1", "[203.0.113.9]:2022", "10.0.0.1", "10.0.1.1", "10.0.2.1", "[10.0.2.2]:2222"])
    #expect(lines[0].contains(" gateway:inner "))
    #expect(lines[5].contains(" gateway-1 "))
    #expect(summary.contains("(gateways)      2    2"))
  }

  @Test func `only the gateways on the way to those that are selected are asked`() async throws {
    let (near, _) = try await scan(Self.inventory(), select: "site:near") { Self.shown(Self.keyOf($0.address)) }
    #expect(near.map { $0.split(separator: " ").first.map(String.init) } == ["[203.0.113.9]:2022", "10.0.1.1"])
    let (here, summary) = try await scan(Self.inventory(), select: "here-1") { Self.shown(Self.keyOf($0.address)) }
    #expect(here.count == 1)
    #expect(!summary.contains("(gateways)"))
  }

  @Test func `a key is held against the record again, and only a new one is a line that counts`() async throws {
    let (new, recorded, other, revoked) = (Self.key(1), Self.key(2), Self.key(3), Self.key(4))
    let known = [
      Self.line("10.0.0.1", recorded), Self.line("10.0.1.1", Self.key(9)),
      "@revoked " + Self.line("[10.0.2.2]:2222", revoked),
    ].joined(separator: "\n")
    let (lines, _) = try await scan(Self.inventory(knownHosts: known), select: "far-1 or near-1 or site:here") {
      endpoint in
      switch endpoint.terminal {
      case "far-1": Self.shown(recorded, .recorded)
      case "near-1": Self.shown(other, .mismatch)
      case "here-1": Self.shown(new)
      // The transport's word is not enough.
      case "gateway-1": Self.shown(revoked, .unknown)
      default: Self.shown(Self.keyOf(endpoint.address))
      }
    }
    let terminals = lines.dropFirst(2)
    #expect(terminals.count == 4)
    #expect(terminals.filter { !$0.hasPrefix("#") } == ["\(Self.line("10.0.2.1", new)) here-1 \(new.fingerprint)"])
    let differing = try #require(terminals.first { $0.contains("near-1") })
    #expect(differing.hasPrefix("# DIFFERENT near-1: "))
    #expect(differing.contains(other.fingerprint) && differing.contains(Self.key(9).fingerprint))
    #expect(terminals.contains { $0.hasPrefix("# DIFFERENT gateway-1: ") && $0.contains("revoked") })
  }

  @Test func `what cannot be a key is no line, and a host that fails says why`() async throws {
    let (lines, _) = try await scan(Self.inventory(), select: "site:here") { endpoint in
      guard endpoint.terminal == "here-1" else { return .failure(ContactFailure(.unreachable, "no route to the host")) }
      return .success(
        HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:x", standing: .unknown, blob: [1, 2, 3]))
    }
    #expect(
      lines == [
        "# here-1: no key: hostile: it showed a host key that cannot be read",
        "# gateway-1: no key: unreachable: no route to the host",
      ])
  }

  @Test func `behind a gateway that cannot be passed nobody shows a key, and the reason is the gateway's`() async throws
  {
    let (lines, summary) = try await scan(Self.inventory(), ending: .waiting(pending: 3)) { endpoint in
      endpoint.hops.isEmpty
        ? Self.shown(Self.keyOf(endpoint.address))
        : .failure(ContactFailure(at: GatewayFault("outer", .hostKeyUnknown, "no host key on record")))
    }
    #expect(
      lines.filter { $0.contains("no key") } == [
        "# gateway:inner: no key: unreachable: gateway outer: no host key on record",
        "# far-1: no key: unreachable: gateway outer: no host key on record",
        "# near-1: no key: unreachable: gateway outer: no host key on record",
      ])
    #expect(!summary.contains("INCOMPLETE"))
  }

  @Test func `appended to known_hosts, the lines make every terminal known`() async throws {
    let inventory = Self.inventory()
    let (lines, _) = try await scan(inventory) { Self.shown(Self.keyOf($0.address)) }
    let after = Self.inventory(knownHosts: lines.joined(separator: "\n") + "\n")
    let hosts = HostKeysOnRecord(of: after)
    #expect(hosts.problems.isEmpty)
    #expect(after.terminals.allSatisfy(hosts.knows))
    let (again, _) = try await scan(after) { Self.shown(Self.keyOf($0.address), .recorded) }
    #expect(again.allSatisfy { $0.hasPrefix("#") })
  }

  @Test func `a selection of nobody is an error`() async throws {
    await #expect(throws: Failure.self) {
      _ = try await scan(Self.inventory(), select: "not id:*") { _ in .failure(ContactFailure(.unreachable, "")) }
    }
  }
}
