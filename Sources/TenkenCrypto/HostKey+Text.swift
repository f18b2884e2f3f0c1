package import TenkenModel

extension HostKey {
  /// From the two words that stand in known_hosts and in a `.pub` file; `nil` where the second is not base64 of a key
  /// of the type that the first names.
  package init?(type: some StringProtocol, base64: some StringProtocol) {
    guard let blob = Base64.decode(Array(base64.utf8)), let key = HostKey(blob: blob), key.type == type else {
      return nil
    }
    self = key
  }

  /// From the wire encoding, whose first string is the type (RFC 4253 section 6.6).
  package init?(blob: [UInt8]) {
    let type = blob.withUnsafeBytes { bytes in
      var reader = WireReader(bytes)
      return reader.text().flatMap { reader.isAtEnd ? nil : $0 }
    }
    guard let type, !type.isEmpty else { return nil }
    self.init(type: type, blob: blob)
  }

  /// `SHA256:` and the unpadded base64 of the digest, as OpenSSH prints it.
  package var fingerprint: String { "SHA256:" + Base64.encode(SHA256.bytes(of: blob), padded: false) }
}
