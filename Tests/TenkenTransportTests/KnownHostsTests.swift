import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenTransport

struct KnownHostsTests {
  private static func key(_ number: UInt8, type: String = "ssh-ed25519") -> HostKey {
    var writer = WireWriter()
    writer.string(type.utf8)
    writer.string([UInt8](repeating: number, count: 32))
    return HostKey(type: type, blob: writer.bytes)
  }

  private static func words(_ key: HostKey) -> String { "\(key.type) \(Base64.encode(key.blob))" }

  private let ours = Self.key(1)
  private let other = Self.key(2)
  private let ecdsa = Self.key(3, type: "ecdsa-sha2-nistp256")

  private func verdict(
    _ lines: String, host: String = "h1", port: UInt16 = 22, on key: HostKey, pinned: [HostKey] = []
  ) -> HostKeyRecord.Verdict {
    KnownHosts(Array(lines.utf8), file: "known_hosts").record(host: host, port: port, pinned: pinned).verdict(on: key)
  }

  private func isUnknown(_ verdict: HostKeyRecord.Verdict) -> Bool {
    if case .unknown = verdict { true } else { false }
  }

  private func isMismatch(_ verdict: HostKeyRecord.Verdict) -> Bool {
    if case .mismatch = verdict { true } else { false }
  }

  private func isRevoked(_ verdict: HostKeyRecord.Verdict) -> Bool {
    if case .revoked = verdict { true } else { false }
  }

  @Test func `the recorded key proves the host, whatever the case of its name`() {
    #expect(verdict("h1 \(Self.words(ours))", on: ours) == .recorded)
    #expect(verdict("H1 \(Self.words(ours)) a comment", host: "h1", on: ours) == .recorded)
    #expect(verdict("x,h1,y \(Self.words(ours))\r\n", on: ours) == .recorded)
  }

  @Test func `another key is a mismatch that names both`() {
    let found = verdict("h1 \(Self.words(ours))", on: other)
    #expect(
      found
        == .mismatch(
          "the host shows ssh-ed25519 \(other.fingerprint), on record is ssh-ed25519 \(ours.fingerprint)"))
  }

  @Test func `another type is a mismatch, never unknown`() {
    #expect(isMismatch(verdict("h1 \(Self.words(ours))", on: ecdsa)))
  }

  @Test func `several recorded keys prove the host each`() {
    let lines = "h1 \(Self.words(ours))\nh1 \(Self.words(ecdsa))"
    #expect(verdict(lines, on: ours) == .recorded)
    #expect(verdict(lines, on: ecdsa) == .recorded)
    #expect(isMismatch(verdict(lines, on: other)))
  }

  @Test func `only recorded types are asked for`() {
    let hosts = KnownHosts(Array("h1 \(Self.words(ours))\nh2 \(Self.words(ecdsa))".utf8), file: "k")
    #expect(hosts.record(host: "h1", port: 22).types == ["ssh-ed25519"])
    #expect(hosts.record(host: "h3", port: 22).types.isEmpty)
  }

  @Test func `a revoked key is refused, beside a plain line and a pin too`() {
    let lines = "h1 \(Self.words(ours))\n@revoked * \(Self.words(ours))"
    #expect(isRevoked(verdict(lines, on: ours)))
    #expect(isRevoked(verdict(lines, on: ours, pinned: [ours])))
    #expect(isUnknown(verdict("@revoked h1 \(Self.words(ours))", on: other)))
  }

  @Test func `an authority is said to be unsupported, not taken for a key`() {
    let found = verdict("@cert-authority * \(Self.words(ours))", on: ours)
    guard case .unknown(let reason) = found else { return #expect(Bool(false), "\(found)") }
    #expect(reason.contains("a certificate authority is on record, which Tenken does not support"))
  }

  @Test func `a host on a port of its own has lines of its own`() {
    let lines = "[h1]:2200 \(Self.words(ours))"
    #expect(verdict(lines, port: 2200, on: ours) == .recorded)
    #expect(isMismatch(verdict(lines, port: 2200, on: other)))
    #expect(isUnknown(verdict(lines, port: 2201, on: ours)))
    #expect(isUnknown(verdict(lines, port: 22, on: ours)))
  }

  @Test func `the plain name proves another port but does not disprove it`() {
    let lines = "h1 \(Self.words(ours))"
    #expect(verdict(lines, port: 2200, on: ours) == .recorded)
    #expect(isUnknown(verdict(lines, port: 2200, on: other)))
    #expect(isRevoked(verdict(lines + "\n@revoked h1 \(Self.words(other))", port: 2200, on: other)))
    #expect(isMismatch(verdict(lines + "\n[h1]:2200 \(Self.words(ecdsa))", port: 2200, on: ours)))
  }

  @Test func `wildcards and negations count`() {
    #expect(verdict("h? \(Self.words(ours))", on: ours) == .recorded)
    #expect(isUnknown(verdict("*,!h1 \(Self.words(ours))", on: ours)))
    #expect(verdict("[10.0.*]:2200 \(Self.words(ours))", host: "10.0.3.9", port: 2200, on: ours) == .recorded)
  }

  @Test func `pins stand before known_hosts`() {
    #expect(isMismatch(verdict("h1 \(Self.words(ours))", on: ours, pinned: [other])))
    #expect(verdict("h1 \(Self.words(ours))", on: other, pinned: [other]) == .recorded)
    #expect(verdict("", port: 2200, on: other, pinned: [other]) == .recorded)
  }

  @Test func `a malformed line is reported with its place and hides no other`() {
    let text = """
      # a comment

      h1 ssh-ed25519
      h1 ssh-ed25519 notbase64
      h1 ssh-rsa \(Base64.encode(ours.blob))
      @trusted h1 \(Self.words(ours))
      |1|short|hash \(Self.words(ours))
      h1 \(Self.words(ours))
      """
    let hosts = KnownHosts(Array(text.utf8), file: "known_hosts")
    #expect(hosts.problems.map(\.line) == [3, 4, 5, 6, 7])
    #expect(hosts.problems.allSatisfy { $0.file == "known_hosts" })
    #expect(
      hosts.problems[0].description
        == "known_hosts:3: a line has fewer than three words: write HOST TYPE BASE64, as ssh-keyscan does")
    #expect(hosts.record(host: "h1", port: 22).verdict(on: ours) == .recorded)
  }

  @Test func `bytes that are no text do no harm`() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<200 {
      let bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(KnownHosts(bytes, file: "k").record(host: "h1", port: 22).keys.isEmpty)
    }
  }

  @Test func `what ssh-keygen hashed is found`() async throws {
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "known_hosts")
      try "h1 \(Self.words(ours))\n[h2]:2200 \(Self.words(other))\n"
        .write(to: file, atomically: true, encoding: .utf8)
      try runTool("/usr/bin/ssh-keygen", "-H", "-f", file.path)
      let hosts = KnownHosts(Array(try Data(contentsOf: file)), file: "known_hosts")
      #expect(hosts.problems.isEmpty)
      #expect(hosts.record(host: "H1", port: 22).verdict(on: ours) == .recorded)
      #expect(hosts.record(host: "h2", port: 2200).verdict(on: other) == .recorded)
      #expect(isUnknown(hosts.record(host: "h2", port: 22).verdict(on: other)))
    }
  }

  @Test func `ssh-keygen finds the same lines`() async throws {
    let text = "h1,h2 \(Self.words(ours))\n*.net,!x.net \(Self.words(other))\n[h3]:2200 \(Self.words(ecdsa))\n"
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "known_hosts")
      try text.write(to: file, atomically: true, encoding: .utf8)
      let hosts = KnownHosts(Array(text.utf8), file: "known_hosts")
      for name in ["h1", "h2", "h3", "a.net", "x.net", "[h3]:2200", "net"] {
        let found = try runTool("/usr/bin/ssh-keygen", "-F", name, "-f", file.path).contains("found:")
        let isPort = name.hasPrefix("[")
        let record = hosts.record(host: isPort ? "h3" : name, port: isPort ? 2200 : 22)
        #expect(record.keys.isEmpty != found, "\(name)")
      }
    }
  }
}
