import TenkenModel
import Glibc
import NIOCore

/// Hands what happens on a channel to its connection; both live on one event loop.
final class SSHFeed: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let connection: SSHConnection

  init(_ connection: SSHConnection) { self.connection = connection }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    connection.assumeIsolated { $0.received(buffer) }
  }

  func channelReadComplete(context: ChannelHandlerContext) { connection.assumeIsolated { $0.wake() } }

  func channelWritabilityChanged(context: ChannelHandlerContext) { connection.assumeIsolated { $0.wake() } }

  func channelInactive(context: ChannelHandlerContext) { connection.assumeIsolated { $0.linkEnded(.closed(nil)) } }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) }
    connection.assumeIsolated { $0.linkEnded(.closed(reason ?? String(describing: error).escapedForPeople())) }
    context.close(promise: nil)
  }
}
