import CLibSSH2
import NIOCore

/// The jump host's end of a tunnel: a channel of its session, and the contact whose bytes go through it.
///
/// Memory is bounded both ways. What comes is handed to the contact at once, whose own budget ends it when it is too
/// much; so a contact that is slow holds up nobody else. What goes waits here for the far side's window, and a contact
/// that has a window's worth waiting is not writable.
final class TunnelEnd {
  let number: Int
  /// `nil` once the contact has left: the channel stays until the other side has closed it, too.
  private(set) var contact: SSHConnection?
  private let channel: OpaquePointer
  private var outbound = ByteBuffer()
  private var hasEnded = false

  /// What the far side may send ahead: more than an inner session's own window with its packets' overhead.
  static let window: UInt32 = 128 * 1024
  static let packet: UInt32 = 32 * 1024
  /// libssh2 tops the window up whenever three quarters of it and one read are not open: so once in 16 KiB.
  private static let read = 16 * 1024
  private static let mostWaiting = 64 * 1024

  init(_ number: Int, _ channel: OpaquePointer, of contact: SSHConnection) {
    self.number = number
    self.channel = channel
    self.contact = contact
  }

  var isUsed: Bool { contact != nil }
  var isWritable: Bool { outbound.readableBytes < Self.mostWaiting }
  var hasOutbound: Bool { outbound.readableBytes > 0 }

  func queue(_ bytes: ByteBuffer) {
    if contact != nil, !hasEnded { outbound.writeImmutableBuffer(bytes) }
  }

  func leave() {
    contact = nil
    outbound = ByteBuffer()
  }

  /// The gateway's connection has ended, and this with it.
  func lose(_ reason: Interruption) {
    contact?.assumeIsolated { $0.linkEnded(reason) }
    leave()
  }

  /// Sends one packet; the number of its bytes, or a code of libssh2.
  func write() -> Int {
    let wasWritable = isWritable
    let written = outbound.readWithUnsafeReadableBytes { bytes in
      let start = bytes.bindMemory(to: CChar.self).baseAddress
      let written = libssh2_channel_write_ex(channel, 0, start, bytes.count)
      return (max(0, written), written)
    }
    if outbound.readableBytes == 0 { outbound.clear() }
    if !wasWritable, isWritable { contact?.assumeIsolated { $0.wake() } }
    return written
  }

  /// Hands over all that is there; the number of its bytes, or a code of libssh2.
  func deliver() -> Int {
    guard let contact, !hasEnded else { return 0 }
    var delivered = 0
    let result = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.read) { buffer in
      while true {
        let count = libssh2_channel_read_ex(channel, 0, buffer.baseAddress, buffer.count)
        if count <= 0 { return count }
        delivered += count
        let bytes = ByteBuffer(bytes: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
        contact.assumeIsolated { $0.received(bytes) }
      }
    }
    hasEnded = libssh2_channel_eof(channel) == 1
    if hasEnded { contact.assumeIsolated { $0.linkEnded(.closed(nil)) } }
    if delivered > 0 { contact.assumeIsolated { $0.wake() } }
    return result < 0 && result != Int(LIBSSH2_ERROR_EAGAIN) ? result : delivered
  }

  /// Whether the channel is gone: it closes on both sides first.
  func free() -> Bool { libssh2_channel_free(channel) != LIBSSH2_ERROR_EAGAIN }
}
