internal import TenkenCrypto
internal import TenkenJournal
internal import TenkenModel

extension SweepArchive {
  /// Lines for known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT), in the order of the inventory: the key that each
  /// terminal without one on record showed first. Nobody has compared them.
  func newHostKeys(of terminals: [Int]) throws -> String {
    let keys = try journal.newHostKeys()
    return terminals.compactMap { index in
      let terminal = inventory.terminals[index]
      guard let key = keys[terminal.id] else { return nil }
      let host = terminal.port == 22 ? terminal.address : "[\(terminal.address)]:\(terminal.port)"
      return "\(host) \(key.type) \(Base64.encode(key.blob)) \(terminal.id) unproven\n"
    }.joined()
  }
}
