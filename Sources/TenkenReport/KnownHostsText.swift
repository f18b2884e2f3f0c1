internal import TenkenCrypto
internal import TenkenModel

/// A scan as a known_hosts file, a line a host. Only a key of a host of which nothing is on record is a line that
/// counts; behind it, as the comment that known_hosts allows there, stand the host's name and the fingerprint to compare.
struct KnownHostsText {
  private let report: KeyScanReport
  private let shared: [String: [KeyScanReport.Host]]
  /// Names in known_hosts that several hosts have: networks behind different gateways may overlap.
  private let ambiguous: Set<String>

  init(_ report: KeyScanReport) {
    self.report = report
    shared = report.sharedKeys
    ambiguous = Set(Dictionary(grouping: report.hosts, by: \.knownHostsName).filter { $1.count > 1 }.keys)
  }

  var text: String { (head + report.hosts.map(line)).map { $0 + "\n" }.joined() }

  private var head: [String] {
    let lines = [
      "# Host keys of \(report.inventory.name), \(report.started.forPeople), tenken \(report.tool)",
      "# NOT PROVEN: whoever answered showed these keys. Compare each fingerprint with what no intruder could write:",
      "# the asset register, or on the host's own console `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`.",
    ]
    return (lines + (report.isWhole ? [] : ["# INCOMPLETE: the scan was interrupted"])).map(Self.escaped)
  }

  private func line(_ host: KeyScanReport.Host) -> String {
    switch host.answer {
    case .new(let key): line(host, showing: key)
    case .onRecord(let type, let fingerprint):
      Self.escaped("# \(host.name): on record already: \(type) \(fingerprint)\(others(host, showing: fingerprint))")
    case .different(let key, let what):
      Self.escaped(
        "# DIFFERENT \(host.name): \(what)\(others(host, showing: key.fingerprint)): \(Self.entry(host, key))")
    case .none(.pending, _): Self.escaped("# \(host.name): not asked")
    case .none(let outcome, let reason):
      Self.escaped("# \(host.name): no key: \(outcome.rawValue): \(reason)\(hint(host, outcome))")
    }
  }

  private func line(_ host: KeyScanReport.Host, showing key: HostKey) -> String {
    let entry = Self.entry(host, key)
    let comment = "\(host.name) \(key.fingerprint)\(others(host, showing: key.fingerprint))"
    if ambiguous.contains(host.knownHostsName) {
      return Self.escaped(
        "# \(comment): another host has this address too: put the key in the column host_key: \(entry)")
    }
    guard Self.isKeyType(key.type) else {
      return Self.escaped("# \(comment): the type of its key is no name: \(entry)")
    }
    return entry + " " + Self.escaped(comment)
  }

  /// Whom else the key belongs to: one machine may be answering for many.
  private func others(_ host: KeyScanReport.Host, showing fingerprint: String) -> String {
    let names = (shared[fingerprint] ?? []).map(\.name).filter { $0 != host.name }
    if names.isEmpty { return "" }
    let more = names.count > 3 ? " and \((names.count - 3).grouped) more" : ""
    return " (the same key at \(names.prefix(3).joined(separator: " "))\(more))"
  }

  /// What libssh2 cannot ask for, OpenSSH may.
  private func hint(_ host: KeyScanReport.Host, _ outcome: Outcome) -> String {
    guard outcome == .unsupported, host.site?.gateways.isEmpty == true else { return "" }
    return "; try: ssh-keyscan -t rsa -p \(host.port) \(host.address.asShellWord)"
  }

  private static func entry(_ host: KeyScanReport.Host, _ key: HostKey) -> String {
    "\(host.knownHostsName) \(key.type) \(Base64.encode(key.blob, padded: true))"
  }

  /// Whether it is a name as algorithms have one: whatever else a host calls its key could begin another field, or
  /// another line.
  private static func isKeyType(_ type: String) -> Bool {
    !type.isEmpty && type.utf8.count <= 64
      && type.utf8.allSatisfy { byte in
        switch byte {
        case 0x2B, 0x2D, 0x2E, 0x30...0x39, 0x40...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
      }
  }

  private static func escaped(_ line: String) -> String { line.escapedForPeople(maxLength: .max) }
}
