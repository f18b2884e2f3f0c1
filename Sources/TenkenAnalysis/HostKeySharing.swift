internal import TenkenModel

/// Finds terminals that show one and the same host key. A site may declare that its terminals do so; they are then
/// left alone, but a terminal elsewhere that shows their key is not.
struct HostKeySharing {
  private struct Key: Hashable {
    let type: String
    let fingerprint: String
  }

  private var holders: [Key: [Int]] = [:]

  mutating func add(_ terminal: TerminalAssessment) {
    guard let evidence = terminal.hostKey else { return }
    holders[Key(type: evidence.type, fingerprint: evidence.fingerprint), default: []].append(terminal.index)
  }

  /// The terminals that a finding is due on, by index, each with what to say.
  func findings(in inventory: Inventory) -> [Int: OpenFinding] {
    let sharing = Set(inventory.sites.filter(\.sharesHostKeys).map(\.id))
    var findings: [Int: OpenFinding] = [:]
    for (key, holders) in holders where holders.count > 1 {
      let holders = holders.sorted()
      for holder in holders where !sharing.contains(inventory.terminals[holder].site) {
        let other = inventory.terminals[holders.first { $0 != holder } ?? holder].id
        let message = "\(key.type) \(key.fingerprint) is shown by \(holders.count) terminals, \(other) among them"
        findings[holder] = OpenFinding(.hostKeyShared, message: message)
      }
    }
    return findings
  }
}
