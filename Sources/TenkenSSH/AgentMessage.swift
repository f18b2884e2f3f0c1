import TenkenModel
import TenkenCrypto

/// The part of the ssh-agent's protocol that Tenken speaks (draft-miller-ssh-agent): list the keys, sign.
enum AgentMessage {
  /// A key that the agent holds.
  struct Key: Sendable, Equatable {
    let blob: [UInt8]
    let comment: String
  }

  /// Answers longer than this are no answers.
  static let longest = 256 * 1024

  private static let requestIdentities: UInt8 = 11
  private static let identitiesAnswer: UInt8 = 12
  private static let signRequest: UInt8 = 13
  private static let signResponse: UInt8 = 14

  /// SSH_AGENT_RSA_SHA2_512 (section 3.6.1): without it the agent would sign with SHA-1.
  static let rsaSHA512: UInt32 = 4

  static func listRequest() -> [UInt8] { framed([requestIdentities]) }

  static func signRequest(blob: [UInt8], data: [UInt8], flags: UInt32) -> [UInt8] {
    var writer = WireWriter()
    writer.byte(signRequest)
    writer.string(blob)
    writer.string(data)
    writer.uint32(flags)
    return framed(writer.bytes)
  }

  private static func framed(_ payload: [UInt8]) -> [UInt8] {
    var writer = WireWriter()
    writer.string(payload)
    return writer.bytes
  }

  /// `nil` where the answer is a refusal, or none.
  static func keys(inAnswer payload: [UInt8]) -> [Key]? {
    payload.withUnsafeBytes { bytes in
      var reader = WireReader(bytes)
      guard reader.byte() == identitiesAnswer, let count = reader.uint32(), count <= 10_000 else { return nil }
      var keys: [Key] = []
      for _ in 0..<count {
        guard let blob = reader.string(), let comment = reader.string() else { return nil }
        keys.append(Key(blob: Array(blob), comment: String(escapingForPeople: comment, maxLength: 100)))
      }
      return keys
    }
  }

  /// The signature without its algorithm's name; `nil` where the agent refused, or signed with another algorithm.
  static func signature(inAnswer payload: [UInt8], algorithm: String) -> [UInt8]? {
    payload.withUnsafeBytes { bytes in
      var reader = WireReader(bytes)
      guard reader.byte() == signResponse, let signature = reader.string() else { return nil }
      var parts = WireReader(signature)
      guard parts.text() == algorithm, let content = parts.string() else { return nil }
      return Array(content)
    }
  }
}
