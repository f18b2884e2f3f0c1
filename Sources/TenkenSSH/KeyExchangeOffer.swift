import TenkenCrypto

/// The algorithms that a server offers: its SSH_MSG_KEXINIT (RFC 4253 section 7.1).
struct KeyExchangeOffer: Sendable, Equatable {
  let keyExchange: [String]
  let hostKey: [String]
  let encryptionToServer: [String]
  let encryptionToClient: [String]
  let macToServer: [String]
  let macToClient: [String]
  let compressionToServer: [String]
  let compressionToClient: [String]

  static let messageNumber: UInt8 = 20

  /// From a packet's payload, its message number included; `nil` where it is no such message.
  init?(payload: UnsafeRawBufferPointer) {
    var reader = WireReader(payload)
    guard reader.byte() == Self.messageNumber, reader.bytes(16) != nil else { return nil }
    var lists: [[String]] = []
    for _ in 0..<8 {
      guard let text = reader.text() else { return nil }
      lists.append(text.split(separator: ",").map(String.init))
    }
    keyExchange = lists[0]
    hostKey = lists[1]
    (encryptionToServer, encryptionToClient) = (lists[2], lists[3])
    (macToServer, macToClient) = (lists[4], lists[5])
    (compressionToServer, compressionToClient) = (lists[6], lists[7])
  }

  /// The types of the server's keys, in the names that stand in a key: several algorithms sign with one RSA key.
  var hostKeyTypes: [String] {
    hostKey.map { Algorithms.keyType(of: $0) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
