package import TenkenModel

/// Why there was no session.
package struct ContactFailure: Error, Sendable {
  /// One of `unreachable`, `unsupported`, `host-key-unknown`, `host-key-mismatch`, `auth-failed`, `timed-out`,
  /// `hostile`.
  package let outcome: Outcome
  /// For people: `connection refused`, `no answer within 20s (key exchange)`.
  package let reason: String
  package let evidence: ContactEvidence
  /// Whether a request to authenticate may have left: the server may count it against the account, whatever it said
  /// or withheld, so such a contact is not tried again by itself. Where a jump host is at fault, the request to it.
  package let didAuthenticate: Bool
  /// The jump host that could not be reached, proven or logged in to: the terminal itself was not contacted, and its
  /// site can do nothing about it. The outcome is `unreachable` then.
  package let gatewayFault: GatewayFault?
  package var gateway: ID<Gateway>? { gatewayFault?.gateway }
  /// Whether another client may have the algorithm that this one lacks.
  package let isForOpenSSH: Bool

  package init(
    _ outcome: Outcome, _ reason: String, evidence: ContactEvidence = ContactEvidence(), didAuthenticate: Bool = false,
    isForOpenSSH: Bool = false
  ) {
    self.outcome = outcome
    self.reason = reason
    self.evidence = evidence
    self.didAuthenticate = didAuthenticate
    gatewayFault = nil
    self.isForOpenSSH = isForOpenSSH
  }

  /// The terminal was not contacted, because of a jump host on the way.
  package init(at fault: GatewayFault, evidence: ContactEvidence = ContactEvidence()) {
    outcome = .unreachable
    reason = fault.text
    self.evidence = evidence
    didAuthenticate = fault.didAuthenticate
    gatewayFault = fault
    isForOpenSSH = false
  }
}

/// What was seen on the way to a session.
package struct ContactEvidence: Sendable {
  package var hostKey: HostKeyEvidence?
  /// The socket address that was dialled: `127.20.0.7:2200`.
  package var dialled: String?

  package init(hostKey: HostKeyEvidence? = nil, dialled: String? = nil) {
    self.hostKey = hostKey
    self.dialled = dialled
  }
}
