import COpenSSL
import TenkenCrypto
import TenkenModel

/// The server's side of curve25519-sha256 (RFC 8731) with an ssh-ed25519 host key.
struct ServerKeyExchange {
  /// The secrets of RFC 4253 section 7.2.
  struct Keys {
    fileprivate let secret: [UInt8]
    fileprivate let hash: [UInt8]

    func bytes(_ letter: Character, _ count: Int) -> [UInt8] {
      Array(SHA256.bytes(of: secret + hash + letter.utf8 + hash).prefix(count))
    }
  }

  let hostKey: PrivateKey
  let offer: [UInt8]
  let clientVersion: [UInt8]
  let clientOffer: [UInt8]

  static let version = Array("SSH-2.0-hostile".utf8)

  /// SSH_MSG_KEXINIT with one algorithm a list.
  static var offer: [UInt8] {
    var writer = WireWriter()
    writer.byte(20)
    for _ in 0..<16 { writer.byte(.random(in: 0...255)) }
    let lists = [
      "curve25519-sha256", "ssh-ed25519", "aes128-ctr", "aes128-ctr", "hmac-sha2-256", "hmac-sha2-256", "none", "none",
      "", "",
    ]
    for list in lists { writer.string(list.utf8) }
    writer.byte(0)
    writer.uint32(0)
    return writer.bytes
  }

  /// SSH_MSG_KEX_ECDH_REPLY to the client's share, and the keys that both sides have then.
  func answer(to share: [UInt8]) -> (message: [UInt8], keys: Keys)? {
    let own = (0..<32).map { _ in UInt8.random(in: 0...255) }
    guard let mine = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nil, own, own.count),
      let theirs = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nil, share, share.count),
      let secret = Self.secret(mine, theirs)
    else { return nil }
    defer {
      EVP_PKEY_free(mine)
      EVP_PKEY_free(theirs)
    }
    var (publicShare, length) = ([UInt8](repeating: 0, count: 32), 32)
    EVP_PKEY_get_raw_public_key(mine, &publicShare, &length)
    var mpint = WireWriter()
    mpint.mpint(secret)
    let hash = hash(share, publicShare, mpint.bytes)
    guard let signature = hash.withUnsafeBytes({ hostKey.sign($0) }) else { return nil }
    var signed = WireWriter()
    signed.string("ssh-ed25519".utf8)
    signed.string(signature)
    var message = WireWriter()
    message.byte(31)
    message.string(hostKey.publicKey.blob)
    message.string(publicShare)
    message.string(signed.bytes)
    return (message.bytes, Keys(secret: mpint.bytes, hash: hash))
  }

  private func hash(_ clientShare: [UInt8], _ serverShare: [UInt8], _ secret: [UInt8]) -> [UInt8] {
    var writer = WireWriter()
    let parts = [
      clientVersion, Self.version, clientOffer, offer, hostKey.publicKey.blob, clientShare, serverShare,
    ]
    for part in parts { writer.string(part) }
    return SHA256.bytes(of: writer.bytes + secret)
  }

  private static func secret(_ mine: OpaquePointer, _ theirs: OpaquePointer) -> [UInt8]? {
    guard let context = EVP_PKEY_CTX_new(mine, nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    var (secret, length) = ([UInt8](repeating: 0, count: 32), 32)
    guard EVP_PKEY_derive_init(context) == 1, EVP_PKEY_derive_set_peer(context, theirs) == 1,
      EVP_PKEY_derive(context, &secret, &length) == 1
    else { return nil }
    return secret
  }
}
