package import TenkenModel

/// One end of a connection.
package struct FlowEnd: Sendable, Hashable {
  package let zone: FlowZone
  /// As the terminal wrote it: an address, or a name where a log has one. Whoever shows it escapes it.
  package let address: String
  /// Index into the inventory's terminals; `nil` for an address that no terminal of it has.
  package let terminal: Int?

  package init(zone: FlowZone, address: String, terminal: Int?) {
    self.zone = zone
    self.address = address
    self.terminal = terminal
  }
}
