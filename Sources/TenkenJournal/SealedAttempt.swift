internal import TenkenCrypto
internal import TenkenModel

/// An attempt and the digests of its raw output, worked out by the caller before it waits for the disk.
struct SealedAttempt: Sendable {
  struct Output: Sendable {
    /// SHA-256, 32 bytes.
    let digest: [UInt8]
    let bytes: [UInt8]

    /// `nil` for no output at all.
    init?(_ bytes: [UInt8]) {
      if bytes.isEmpty { return nil }
      digest = SHA256.bytes(of: bytes)
      self.bytes = bytes
    }
  }

  let attempt: Attempt
  /// One an observation, in the attempt's order.
  let outputs: [(stdout: Output?, stderr: Output?)]

  init(_ attempt: Attempt) {
    self.attempt = attempt
    outputs = attempt.observations.map { (Output($0.stdout), Output($0.stderr)) }
  }
}
