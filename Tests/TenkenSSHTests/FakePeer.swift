import NIOCore
import NIOPosix

/// A peer on loopback that does one thing to whoever connects.
final class FakePeer: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Act: Sendable {
    /// Says this and is silent.
    case say([UInt8])
    /// Says this and hangs up.
    case sayAndClose([UInt8])
    /// Hangs up with a reset.
    case reset
    /// Says this, and resets the connection once it is on its way.
    case sayAndReset([UInt8])
    /// Says the first once, and then this byte every half second.
    case drip(UInt8, first: [UInt8] = [])
    /// Says the first once and then the second for ever.
    case repeatForever(first: [UInt8], [UInt8])
  }

  private let act: Act

  init(_ act: Act) { self.act = act }

  func channelActive(context: ChannelHandlerContext) {
    switch act {
    case .say(let bytes): send(bytes, context)
    case .sayAndClose(let bytes):
      send(bytes, context)
      context.close(mode: .output, promise: nil)
    case .reset: reset(context)
    case .sayAndReset(let bytes):
      send(bytes, context)
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      context.eventLoop.scheduleTask(in: .milliseconds(100)) { bound.value.0.reset(bound.value.1) }
    case .drip(let byte, let first):
      send(first, context)
      drip(byte, context)
    case .repeatForever(let first, _):
      send(first, context)
      fill(context)
    }
  }

  private func reset(_ context: ChannelHandlerContext) {
    let channel = context.channel
    (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
      .whenComplete { _ in channel.close(promise: nil) }
  }

  private func drip(_ byte: UInt8, _ context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    _ = context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(500)) { task in
      let (peer, context) = bound.value
      guard context.channel.isActive else { return task.cancel() }
      peer.send([byte], context)
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) { fill(context) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func fill(_ context: ChannelHandlerContext) {
    guard case .repeatForever(_, let bytes) = act else { return }
    while context.channel.isWritable, context.channel.isActive { send(bytes, context) }
  }

  private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    guard !bytes.isEmpty else { return }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
  }

  /// Lends the port of a peer that does this to every connection.
  static func with<Value>(_ act: Act, _ body: (UInt16) async throws -> Value) async throws -> Value {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let listener = try await ServerBootstrap(group: group)
      .childChannelInitializer { $0.pipeline.addHandler(FakePeer(act)) }
      .bind(host: "127.0.0.1", port: 0).get()
    let result: Result<Value, any Error>
    do { result = .success(try await body(UInt16(listener.localAddress?.port ?? 0))) } catch {
      result = .failure(error)
    }
    try await group.shutdownGracefully()
    return try result.get()
  }
}
