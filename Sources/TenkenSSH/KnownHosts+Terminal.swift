package import TenkenModel

extension KnownHosts {
  /// Whether a terminal can prove itself: some key of it is on record, here or in the inventory.
  package func knows(_ terminal: Terminal) -> Bool {
    !record(host: terminal.address, port: terminal.port, pinned: terminal.pinnedKeys).keys.isEmpty
  }
}
