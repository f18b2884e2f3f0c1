package import TenkenModel

extension KnownHosts {
  /// Those of an inventory's directory; none where it has no such file.
  package init(of inventory: Inventory) {
    self.init(inventory.sources["known_hosts"] ?? [], file: "\(inventory.sources.origin)/known_hosts")
  }

  /// Whether a terminal can prove itself: some key of it is on record, here or in the inventory.
  package func knows(_ terminal: Terminal) -> Bool {
    !record(host: terminal.address, port: terminal.port, pinned: terminal.pinnedKeys).keys.isEmpty
  }

  /// Whether a gateway can.
  package func knows(_ gateway: Gateway) -> Bool {
    !record(host: gateway.address, port: gateway.port, pinned: gateway.pinnedKeys).keys.isEmpty
  }
}
