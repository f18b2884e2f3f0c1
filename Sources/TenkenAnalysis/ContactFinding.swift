package import TenkenModel

/// What the contact with a terminal itself brings to light, before and beside all checks.
package enum ContactFinding: String, Sendable, Hashable, CaseIterable {
  case hostKeyRevoked = "host-key-revoked"
  case hostKeyMismatch = "host-key-mismatch"
  case hostile
  case hostKeyShared = "host-key-shared"
  /// The terminal was logged in to although no host key of it is on record.
  case identityUnproven = "identity-unproven"

  package var severity: Severity {
    switch self {
    case .hostKeyRevoked: .critical
    case .hostKeyMismatch, .hostile: .high
    case .hostKeyShared, .identityUnproven: .medium
    }
  }

  package var title: String {
    switch self {
    case .hostKeyRevoked: "A revoked host key was offered"
    case .hostKeyMismatch: "The host key is not the one on record"
    case .hostile: "The terminal broke the protocol"
    case .hostKeyShared: "Several terminals show the same host key"
    case .identityUnproven: "Inspected without a host key on record"
    }
  }

  package var rationale: String {
    switch self {
    case .hostKeyRevoked:
      "This key was withdrawn by name; whoever offers it should not have it any more. Nothing was sent to it."
    case .hostKeyMismatch:
      "Either the system was reinstalled, or something answers in its place. Nothing was sent to it."
    case .hostile:
      "It sent more than a server may, or forged the frame of a check; a server that is in order does neither."
    case .hostKeyShared:
      "Whoever holds one of them can pass for the others: cloned images, or one machine answering for many."
    case .identityUnproven:
      "Its host key was taken on first sight, so what it said may have come from another machine."
    }
  }

  package var remediation: String {
    switch self {
    case .hostKeyRevoked:
      "Take the terminal off the network without switching it off, and find out how it came by this key."
    case .hostKeyMismatch:
      "Ask its owner, in person, whether it was reinstalled. If so, put the new key on record and inspect it again; "
        + "if not, take it off the network."
    case .hostile:
      "Do not log in to it by hand. Look at it from its console, or at its traffic, before anything else."
    case .hostKeyShared:
      "Make new host keys on each of them, or say host-key-shared: true for the site if that is meant to be so."
    case .identityUnproven:
      "Compare the fingerprint with the one on the terminal's own console, then put the key on record."
    }
  }
}
