import TenkenCrypto
import TenkenModel
import TenkenTransport

extension HostKeyEvidence {
  /// Of a key that was shown, and how it stands; a key that is not the one on record is kept.
  init(_ key: HostKey, _ standing: Standing) {
    self.init(
      type: key.type, fingerprint: key.fingerprint, standing: standing, blob: standing == .recorded ? nil : key.blob)
  }
}

extension HostKeyRecord.Verdict {
  var standing: HostKeyEvidence.Standing {
    switch self {
    case .recorded: .recorded
    case .unknown: .unknown
    case .mismatch: .mismatch
    case .revoked: .revoked
    }
  }
}
