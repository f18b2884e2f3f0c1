package import TenkenModel

/// What keeps a contact from its terminal: a jump host on the way, and what the contact with it ended with.
package struct GatewayFault: Sendable, Hashable {
  package let gateway: ID<Gateway>
  /// As of a terminal: `unreachable`, `auth-failed`, `host-key-mismatch`.
  package let outcome: Outcome
  /// For people: `connection refused`.
  package let reason: String
  /// What the jump host showed, where it showed a key.
  package let hostKey: HostKeyEvidence?
  /// Whether a request to authenticate may have left for the jump host.
  package let didAuthenticate: Bool

  package init(
    _ gateway: ID<Gateway>, _ outcome: Outcome, _ reason: String, hostKey: HostKeyEvidence? = nil,
    didAuthenticate: Bool = false
  ) {
    self.gateway = gateway
    self.outcome = outcome
    self.reason = reason
    self.hostKey = hostKey
    self.didAuthenticate = didAuthenticate
  }

  /// `gateway bkk-jump: connection refused`.
  package var text: String { "gateway \(gateway): \(reason)" }
}
