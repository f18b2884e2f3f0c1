import COpenSSL
import TenkenCrypto

/// One direction of the binary packet protocol (RFC 4253 section 6): in the clear, then with aes128-ctr and
/// hmac-sha2-256.
struct ServerPackets: ~Copyable {
  private var sequence: UInt32 = 0
  private var cipher: OpaquePointer?
  private var macKey: [UInt8] = []
  /// Of a packet that has come in part: its beginning in the clear.
  private var begun: [UInt8]?

  private static let macLength = 32

  deinit { EVP_CIPHER_CTX_free(cipher) }

  mutating func protect(key: [UInt8], vector: [UInt8], macKey: [UInt8]) {
    cipher = EVP_CIPHER_CTX_new()
    EVP_EncryptInit_ex(cipher, EVP_aes_128_ctr(), nil, key, vector)
    self.macKey = macKey
  }

  mutating func seal(_ payload: [UInt8]) -> [UInt8] {
    let block = cipher == nil ? 8 : 16
    var padding = block - (5 + payload.count) % block
    if padding < 4 { padding += block }
    var writer = WireWriter()
    writer.uint32(UInt32(1 + payload.count + padding))
    writer.byte(UInt8(padding))
    let packet = writer.bytes + payload + [UInt8](repeating: 0, count: padding)
    defer { sequence &+= 1 }
    return cipher == nil ? packet : crypt(packet) + mac(packet)
  }

  /// The next payload; `nil` until all of it came.
  mutating func open(_ inbound: inout [UInt8]) -> [UInt8]? {
    if begun == nil {
      let block = cipher == nil ? 8 : 16
      guard inbound.count >= block else { return nil }
      begun = cipher == nil ? Array(inbound[..<block]) : crypt(Array(inbound[..<block]))
      inbound.removeFirst(block)
    }
    guard let head = begun else { return nil }
    let length = head[..<4].reduce(0) { $0 << 8 | Int($1) }
    let rest = 4 + length - head.count
    let tail = cipher == nil ? 0 : Self.macLength
    guard rest >= 0, inbound.count >= rest + tail else { return nil }
    let packet = head + (cipher == nil ? Array(inbound[..<rest]) : crypt(Array(inbound[..<rest])))
    inbound.removeFirst(rest + tail)
    begun = nil
    sequence &+= 1
    return Array(packet[5..<(4 + length - Int(packet[4]))])
  }

  private func crypt(_ bytes: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty else { return [] }
    var (output, length) = ([UInt8](repeating: 0, count: bytes.count), Int32(0))
    EVP_EncryptUpdate(cipher, &output, &length, bytes, Int32(bytes.count))
    return output
  }

  private func mac(_ packet: [UInt8]) -> [UInt8] {
    var writer = WireWriter()
    writer.uint32(sequence)
    let message = writer.bytes + packet
    var code = [UInt8](repeating: 0, count: Self.macLength)
    HMAC(EVP_sha256(), macKey, Int32(macKey.count), message, message.count, &code, nil)
    return code
  }
}
