import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenReport

@Suite struct `The report of a scan for host keys` {
  private typealias Host = KeyScanReport.Host

  private static let tokyo = Site(id: "tyo", name: "Tokyo", gateways: ["gw"])
  private static let bangkok = SampleFleet.site("bkk")

  /// A key in wire encoding: two strings, the first its type.
  private static func key(_ seed: UInt8, type: String = "ssh-ed25519") -> HostKey {
    let blob = [type.utf8.map { $0 }, [UInt8](repeating: seed, count: 32)].flatMap { text -> [UInt8] in
      let count = UInt32(text.count)
      return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + text
    }
    return HostKey(type: type, blob: blob)
  }

  private static func host(
    _ id: ID<Terminal>, address: String = "10.0.0.1", port: UInt16 = 22, at site: Site = bangkok, _ answer: Host.Answer
  ) -> Host {
    Host(Terminal(id: id, address: address, port: port, site: site.id), at: site, answer)
  }

  private static func report(_ hosts: [Host], isWhole: Bool = true) -> KeyScanReport {
    KeyScanReport(
      of: SampleFleet.inventory(sites: [bangkok, tokyo], terminals: []), hosts,
      started: Timestamp(milliseconds: 1_764_000_000_000), tool: "0.1.0", isWhole: isWhole)
  }

  private static func lines(_ hosts: [Host], isWhole: Bool = true) -> [String] {
    report(hosts, isWhole: isWhole).knownHosts.split(separator: "\n").map(String.init)
  }

  private static func base64(_ key: HostKey) -> String { Base64.encode(key.blob, padded: true) }

  @Test func `has a line a host in the order of the inventory, and only new keys count`() {
    let (new, other) = (Self.key(1), Self.key(2))
    let gateway = Gateway(id: "gw", address: "203.0.113.1", port: 2222)
    let lines = Self.lines([
      Host(gateway, .new(Self.key(3))), Self.host("bkk-1", .new(new)),
      Self.host("bkk-2", address: "fd00::7", port: 2200, .new(other)),
      Self.host("bkk-3", address: "10.0.0.3", .onRecord(type: "ssh-ed25519", fingerprint: "SHA256:x")),
      Self.host("bkk-4", address: "10.0.0.4", .different(Self.key(4), "the host shows A, on record is B")),
      Self.host("bkk-5", address: "10.0.0.5", .none(.unreachable, "connection refused")),
      Self.host("bkk-6", address: "10.0.0.6", port: 2200, .none(.unsupported, "no host key algorithm in common")),
      Self.host("tyo-1", address: "10.0.1.1", at: Self.tokyo, .none(.unsupported, "no host key algorithm in common")),
      Self.host("tyo-2", address: "10.0.1.2", at: Self.tokyo, .none(.pending, "")),
    ])
    #expect(
      lines.dropFirst(3) == [
        "[203.0.113.1]:2222 ssh-ed25519 \(Self.base64(Self.key(3))) gateway:gw \(Self.key(3).fingerprint)",
        "10.0.0.1 ssh-ed25519 \(Self.base64(new)) bkk-1 \(new.fingerprint)",
        "[fd00::7]:2200 ssh-ed25519 \(Self.base64(other)) bkk-2 \(other.fingerprint)",
        "# bkk-3: on record already: ssh-ed25519 SHA256:x",
        "# DIFFERENT bkk-4: the host shows A, on record is B: 10.0.0.4 ssh-ed25519 \(Self.base64(Self.key(4)))",
        "# bkk-5: no key: unreachable: connection refused",
        "# bkk-6: no key: unsupported: no host key algorithm in common; try: ssh-keyscan -t rsa -p 2200 10.0.0.6",
        "# tyo-1: no key: unsupported: no host key algorithm in common", "# tyo-2: not asked",
      ])
    #expect(lines.prefix(3).allSatisfy { $0.hasPrefix("#") })
    #expect(lines[1].contains("NOT PROVEN"))
  }

  @Test func `says at each host who else shows its key`() {
    let key = Self.key(9)
    let hosts = (1...6).map { Self.host(ID("bkk-\($0)")!, address: "10.0.0.\($0)", .new(key)) }
    let lines = Self.lines(hosts).dropFirst(3)
    #expect(lines.first?.hasSuffix(" (the same key at bkk-2 bkk-3 bkk-4 and 2 more)") == true)
    #expect(lines.last?.hasSuffix(" (the same key at bkk-1 bkk-2 bkk-3 and 2 more)") == true)
    let summary = Self.report(hosts).summary()
    #expect(summary.contains("One and the same key at several hosts"))
    #expect(summary.contains("\(key.fingerprint): bkk-1 bkk-2"))
  }

  @Test func `leaves a site alone that shares keys by its own word, unless another shows one of them`() {
    let cluster = Site(id: "bkk", name: "", sharesHostKeys: true)
    let shared = (1...2).map { Self.host(ID("bkk-\($0)")!, address: "10.0.0.\($0)", at: cluster, .new(Self.key(9))) }
    #expect(!Self.report(shared).summary().contains("One and the same key"))
    let stranger = Self.host("tyo-1", address: "10.0.1.1", at: Self.tokyo, .new(Self.key(9)))
    #expect(Self.report(shared + [stranger]).summary().contains("bkk-1 bkk-2 tyo-1"))
  }

  @Test func `an address that two hosts have is no name for either`() {
    let lines = Self.lines([
      Self.host("bkk-1", .new(Self.key(1))), Self.host("tyo-1", at: Self.tokyo, .new(Self.key(2))),
    ]).dropFirst(3)
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.hasPrefix("# ") && $0.contains("put the key in the column host_key") })
  }

  @Test func `counts every host once, and says what differs with both keys`() {
    let summary = Self.report(
      [
        Self.host("bkk-1", .new(Self.key(1))),
        Self.host("bkk-2", address: "10.0.0.2", .different(Self.key(2), "the host shows A, on record is B")),
        Self.host("tyo-1", address: "10.0.1.1", at: Self.tokyo, .none(.pending, "")),
      ], isWhole: false
    ).summary()
    #expect(
      summary == """
        INCOMPLETE: the scan was interrupted; this is what came until then
        site  hosts  new  on record  DIFFERENT  no key  not asked
        bkk       2    1          0          1       0          0
        tyo       1    0          0          0       0          1
        all       3    1          0          1       0          1

        DIFFERENT from what is on record, and so behind # in the output. Ask the owner,
        in person, before a line is changed:
          bkk-2: the host shows A, on record is B

        Next: compare the fingerprints, append the lines to
        inventories/sample/known_hosts, and see what is ready with `tenken probe
        --inventory inventories/sample`.

        """)
  }

  @Test(arguments: HostileStrings.all) func `nothing that a host says becomes a line of its own`(word: String) {
    let lines = Self.lines([
      Self.host("bkk-1", .new(Self.key(1, type: word))),
      Self.host("bkk-2", address: "10.0.0.2", .different(Self.key(2, type: word), word)),
      Self.host("bkk-3", address: "10.0.0.3", .onRecord(type: word, fingerprint: word)),
      Self.host("bkk-4", address: "10.0.0.4", .none(.hostile, word)),
    ])
    #expect(lines.count == 7)
    for line in lines.dropFirst(3) {
      #expect(line.hasPrefix("# ") || line.hasPrefix("10.0.0.1 \(word) "))
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    }
  }

  @Test(arguments: ["", "a b", "ssh-rsa\n* ssh-ed25519 AAAA", "a,b", String(repeating: "a", count: 65), "é"])
  func `a type that is no name is never a line that counts`(type: String) {
    #expect(Self.lines([Self.host("bkk-1", .new(Self.key(1, type: type)))]).allSatisfy { $0.hasPrefix("# ") })
  }
}
