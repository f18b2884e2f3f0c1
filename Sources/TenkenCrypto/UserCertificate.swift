package import TenkenModel

/// An OpenSSH certificate of a key (PROTOCOL.certkeys of OpenSSH's source), as far as it says who may log in with it
/// and when. Who signed it is for the server to judge.
package struct UserCertificate: Sendable, Hashable {
  package let algorithm: KeyAlgorithm
  /// All of it, in the wire encoding: what a login shows in the place of the key.
  package let blob: [UInt8]
  /// The key that it is for.
  package let publicKey: HostKey
  /// `false` for a certificate of a host.
  package let isForUsers: Bool
  /// What the authority called it; anything may stand in it.
  package let name: String
  /// Seconds since 1970: the first of its life.
  package let validAfter: UInt64
  /// Seconds since 1970: the first after its life; `UInt64.max` where it has no end.
  package let validBefore: UInt64

  /// `nil` for anything but a certificate of a kind of key that `KeyAlgorithm` knows.
  package init?(blob: [UInt8]) {
    let parsed = blob.withUnsafeBytes { bytes -> UserCertificate? in
      var reader = WireReader(bytes)
      return UserCertificate(blob, &reader)
    }
    guard let parsed else { return nil }
    self = parsed
  }

  private init?(_ blob: [UInt8], _ reader: inout WireReader) {
    guard let type = reader.text(), let algorithm = KeyAlgorithm(certificateType: type), reader.string() != nil,
      let publicKey = Self.publicKey(algorithm, &reader), reader.uint64() != nil, let kind = reader.uint32(),
      let name = reader.string(), reader.string() != nil, let after = reader.uint64(), let before = reader.uint64(),
      // Critical options, extensions, reserved, the authority's key, its signature.
      (0..<5).allSatisfy({ _ in reader.string() != nil }), reader.isAtEnd, kind == 1 || kind == 2
    else { return nil }
    self.algorithm = algorithm
    self.blob = blob
    self.publicKey = publicKey
    isForUsers = kind == 1
    self.name = String(decoding: name, as: UTF8.self)
    validAfter = after
    validBefore = before
  }

  /// The fields of the key stand in a certificate as they do in the key's own blob, behind its type.
  private static func publicKey(_ algorithm: KeyAlgorithm, _ reader: inout WireReader) -> HostKey? {
    var writer = WireWriter()
    writer.string(algorithm.keyType.utf8)
    for _ in 0..<(algorithm == .ed25519 ? 1 : 2) {
      guard let field = reader.string() else { return nil }
      writer.string(field)
    }
    return HostKey(type: algorithm.keyType, blob: writer.bytes)
  }
}
