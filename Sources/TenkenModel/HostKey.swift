/// A public host key as it stands on record or came over the wire.
package struct HostKey: Sendable, Hashable, Codable {
  /// The algorithm name of RFC 4253 section 6.6 or RFC 8709: `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`.
  package let type: String
  /// The key in the wire encoding of RFC 4253 section 6.6.
  package let blob: [UInt8]

  package init(type: String, blob: [UInt8]) {
    self.type = type
    self.blob = blob
  }
}

/// What a contact saw of a terminal's host key.
package struct HostKeyEvidence: Sendable, Hashable, Codable {
  package enum Standing: String, Sendable, Hashable, Codable {
    /// The key that is on record (pinned in the inventory, or in known_hosts).
    case recorded
    case unknown, mismatch, revoked
  }

  package let type: String
  /// `SHA256:` and the unpadded base64 of the key's digest, as OpenSSH prints it.
  package let fingerprint: String
  package let standing: Standing
  /// The key itself, where it is not the one on record: so that a person can put it there, or follow it.
  package let blob: [UInt8]?

  package init(type: String, fingerprint: String, standing: Standing, blob: [UInt8]? = nil) {
    self.type = type
    self.fingerprint = fingerprint
    self.standing = standing
    self.blob = blob
  }
}
