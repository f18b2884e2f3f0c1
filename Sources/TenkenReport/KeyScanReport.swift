internal import TenkenCrypto
package import TenkenModel

/// The host keys that a scan met, in the order of the inventory, gateways first.
package struct KeyScanReport: Sendable {
  /// One host that was to be asked.
  package struct Host: Sendable {
    package enum Answer: Sendable, Hashable {
      /// Nothing of this host is on record.
      case new(HostKey)
      case onRecord(type: String, fingerprint: String)
      /// Another key than is on record, or a revoked one; the text names both.
      case different(HostKey, String)
      case none(Outcome, String)
    }

    /// The terminal's id; for a gateway its own, after `gateway:`.
    let name: String
    /// `nil` for a gateway: several sites may be behind it.
    let site: Site?
    let address: String
    let port: UInt16
    let answer: Answer

    package init(_ terminal: Terminal, at site: Site?, _ answer: Answer) {
      (name, self.site, address, port) = (terminal.id.rawValue, site, terminal.address, terminal.port)
      self.answer = answer
    }

    package init(_ gateway: Gateway, _ answer: Answer) {
      (name, site, address, port) = ("gateway:\(gateway.id)", nil, gateway.address, gateway.port)
      self.answer = answer
    }

    /// As it stands in known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).
    var knownHostsName: String { port == 22 ? address : "[\(address)]:\(port)" }

    /// Of the key that it showed; `nil` where it showed none.
    var fingerprint: String? {
      switch answer {
      case .new(let key), .different(let key, _): key.fingerprint
      case .onRecord(_, let fingerprint): fingerprint
      case .none: nil
      }
    }
  }

  let inventory: Inventory
  let hosts: [Host]
  let started: Timestamp
  let tool: String
  let isWhole: Bool

  /// - Parameter isWhole: whether of every host is known which key it shows, or what is in the way.
  package init(
    of inventory: Inventory, _ hosts: [Host], started: Timestamp, tool: String, isWhole: Bool
  ) {
    self.inventory = inventory
    self.hosts = hosts
    self.started = started
    self.tool = tool
    self.isWhole = isWhole
  }

  /// Lines for known_hosts; what should not be appended unseen stands behind `#`.
  package var knownHosts: String { KnownHostsText(self).text }

  /// By site, and what to do next.
  package func summary(colour: Bool = false) -> String { KeyScanPage(self, colour: colour).text }

  /// The names of the hosts that show each key, where there are several.
  var sharedKeys: [String: [Host]] {
    Dictionary(grouping: hosts.filter { $0.fingerprint != nil }) { $0.fingerprint ?? "" }.filter { $1.count > 1 }
  }
}
