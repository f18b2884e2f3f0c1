import NIOCore

/// The near end of a tunnel: what a connection that runs through a jump host writes to. What comes the other way the
/// jump host's connection hands over as it comes.
struct Tunnel: Sendable {
  let gateway: SSHConnection
  /// Of the tunnel among the gateway's.
  let number: Int

  var isWritable: Bool { gateway.assumeIsolated { $0.isWritable(number) } }

  func send(_ bytes: ByteBuffer) { gateway.assumeIsolated { $0.send(bytes, through: number) } }

  func close() { gateway.assumeIsolated { $0.leave(number) } }
}
