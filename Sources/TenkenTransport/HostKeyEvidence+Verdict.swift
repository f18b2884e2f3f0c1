internal import TenkenCrypto
package import TenkenModel

extension HostKeyEvidence {
  /// Of a key that was shown, and how it stands; a key that is not the one on record is kept.
  package init(_ key: HostKey, _ standing: Standing) {
    self.init(
      type: key.type, fingerprint: key.fingerprint, standing: standing, blob: standing == .recorded ? nil : key.blob)
  }
}

extension HostKeyRecord.Verdict {
  package var standing: HostKeyEvidence.Standing {
    switch self {
    case .recorded: .recorded
    case .unknown: .unknown
    case .mismatch: .mismatch
    case .revoked: .revoked
    }
  }
}
