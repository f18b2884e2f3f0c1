package import TenkenModel
internal import TenkenTransport

/// The host keys that an inventory has on record: pinned in its lists, or in its known_hosts.
package struct HostKeysOnRecord: Sendable {
  private let hosts: KnownHosts

  package init(of inventory: Inventory) { hosts = KnownHosts(of: inventory) }

  /// Lines of known_hosts that say nothing, with their place.
  package var problems: [InputProblem] { hosts.problems }

  /// Whether a terminal can prove itself.
  package func knows(_ terminal: Terminal) -> Bool { hosts.knows(terminal) }

  /// Whether a gateway can.
  package func knows(_ gateway: Gateway) -> Bool { hosts.knows(gateway) }
}
