import Glibc
import NIOCore

/// What libssh2 reads from and writes to, and what its callbacks need: libssh2 works on memory only.
///
/// A link that has ended looks to libssh2 like one that is silent; who drives it notices the end, once libssh2 has
/// eaten everything that came before. Only `isDead`, set before a session is freed, shows as an error: freed with
/// anything else, libssh2 1.10 asks to be called again and leaks.
final class SessionIO {
  /// A session that was sent much gives the memory back.
  private static let keptCapacity = 2048

  private var inbound = ByteBuffer()
  private var outbound = ByteBuffer()
  var isDead = false
  /// Reading fails while this is set: it makes libssh2 give up an opening.
  var isCut = false
  /// Bytes of libssh2's memory, where they are counted.
  var heap = 0

  /// Signs at once, or `nil` where a signature takes its time: then `toSign` has the data, and libssh2 is called again
  /// when `signature` is there.
  var signer: ((UnsafeRawBufferPointer) -> [UInt8]?)?
  var signature: [UInt8]?
  var toSign: [UInt8]?
  /// The reason that came with SSH_MSG_DISCONNECT.
  var farewell: String?

  var isDrained: Bool { inbound.readableBytes == 0 }
  /// Bytes that wait in memory, unread or put aside by libssh2.
  var held: Int { heap + inbound.readableBytes }

  func receive(_ buffer: ByteBuffer) { inbound.writeImmutableBuffer(buffer) }
  func receive(_ bytes: [UInt8]) { inbound.writeBytes(bytes) }

  func takeOutbound() -> ByteBuffer? {
    guard outbound.readableBytes > 0 else { return nil }
    defer { outbound = ByteBuffer() }
    return outbound
  }

  /// The bytes that libssh2 gets, or a negative errno.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    if isDead || isCut { return -Int(ECONNRESET) }
    guard inbound.readableBytes > 0 else { return -Int(EAGAIN) }
    let count =
      inbound.readWithUnsafeReadableBytes { bytes in
        let count = min(bytes.count, buffer.count)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        return count
      } as Int
    if isDrained { recycle() }
    return count
  }

  private func recycle() {
    if inbound.capacity > Self.keptCapacity { inbound = ByteBuffer() } else { inbound.clear() }
  }

  /// Accepts everything, so that libssh2 never has a packet sent by half.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    if isDead { return -Int(EPIPE) }
    return outbound.writeBytes(bytes)
  }
}
