internal import TenkenCrypto
package import TenkenModel

/// The host keys on record, as OpenSSH reads them, found by name in constant time but for hashed names and wildcards:
/// each contact compares with every hashed line (29,000 of them: some 30 ms of CPU), because every line has a salt of
/// its own.
package struct KnownHosts: Sendable {
  /// Lines that say nothing, with their place; the others count all the same.
  package private(set) var problems: [InputProblem] = []
  private var lines: [KnownHostsLine] = []
  private var byName: [String: [Int]] = [:]
  /// Lines that must be matched one by one.
  private var byPattern: [(patterns: HostPatterns, line: Int)] = []
  private var hashed: [(salt: [UInt8], hash: [UInt8], line: Int)] = []

  /// - Parameter file: the file's name, for messages only.
  package init(_ bytes: [UInt8], file: String) {
    let texts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, text) in texts.enumerated() {
      do throws(KnownHostsLine.Malformed) {
        guard let line = try KnownHostsLine.parse(String(decoding: text, as: UTF8.self)) else { continue }
        add(line)
      } catch {
        problems.append(InputProblem(file: file, line: index + 1, what: error.what, fix: error.fix))
      }
    }
  }

  private mutating func add(_ line: KnownHostsLine) {
    let index = lines.count
    lines.append(line)
    switch line.hosts {
    case .hashed(let salt, let hash): hashed.append((salt, hash, index))
    case .patterns(let patterns):
      guard let names = patterns.plainNames else { return byPattern.append((patterns, index)) }
      for name in Set(names) { byName[name, default: []].append(index) }
    }
  }

  /// What is on record of a host. A name with a port of its own stands as `[host]:port`; where there is nothing under
  /// that, the lines of the plain name may prove the host but not disprove it, since they speak of port 22 (OpenSSH,
  /// `check_host_key` of sshconnect.c).
  package func record(host: String, port: UInt16, pinned: [HostKey] = []) -> HostKeyRecord {
    let exact = lines(port == 22 ? host : "[\(host)]:\(port)")
    let plain = port == 22 ? [] : lines(host)
    let speaksOfPort = port == 22 || exact.contains { $0.marker == .none }
    let all = exact + plain
    return HostKeyRecord(
      keys: pinned.isEmpty ? (speaksOfPort ? exact : plain).filter { $0.marker == .none }.map(\.key) : pinned,
      canDisprove: speaksOfPort || !pinned.isEmpty,
      revoked: all.filter { $0.marker == .revoked }.map(\.key),
      hasAuthority: all.contains { $0.marker == .certificateAuthority })
  }

  private func lines(_ name: String) -> [KnownHostsLine] {
    let name = name.lowercased()
    var found = byName[name] ?? []
    found += byPattern.filter { $0.patterns.match(name) }.map(\.line)
    found += hashed.filter { HMACSHA1.bytes(of: name.utf8, key: $0.salt) == $0.hash }.map(\.line)
    return found.sorted().map { lines[$0] }
  }
}
