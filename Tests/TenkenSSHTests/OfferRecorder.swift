import NIOCore
import NIOPosix
import TenkenModel

@testable import TenkenSSH

/// A server on loopback that says who it is, keeps the offer that the first client answers with, and hangs up.
final class OfferRecorder: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  struct NoOffer: Error {}

  private let offer: EventLoopPromise<KeyExchangeOffer>
  private var inbound: [UInt8] = []

  private init(_ offer: EventLoopPromise<KeyExchangeOffer>) { self.offer = offer }

  func channelActive(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "SSH-2.0-recorder\r\n")), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    inbound += unwrapInboundIn(data).readableBytesView
    guard let payload = firstPayload else { return }
    if let read = payload.withUnsafeBytes({ KeyExchangeOffer(payload: $0) }) { offer.succeed(read) }
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { offer.fail(NoOffer()) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  /// What is in the packet behind the client's identification (RFC 4253 section 6), once all of it came.
  private var firstPayload: [UInt8]? {
    guard let end = inbound.firstIndex(of: 0x0A), inbound.count > end + 5 else { return nil }
    let packet = inbound[(end + 1)...]
    let length = packet.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    let padding = Int(packet[packet.startIndex + 4])
    guard packet.count >= 4 + length else { return nil }
    return Array(packet.dropFirst(5).prefix(length - 1 - padding))
  }

  /// What a client offers that `contact` lets dial this port.
  static func offer(of contact: (UInt16) async throws -> Void) async throws -> KeyExchangeOffer {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let promise = group.next().makePromise(of: KeyExchangeOffer.self)
    let result: Result<KeyExchangeOffer, any Error>
    do {
      let listener = try await ServerBootstrap(group: group)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(OfferRecorder(promise))
          }
        }
        .bind(host: "127.0.0.1", port: 0).get()
      try await contact(UInt16(listener.localAddress?.port ?? 0))
      promise.fail(NoOffer())
      result = .success(try await promise.futureResult.get())
    } catch {
      promise.fail(error)
      result = .failure(error)
    }
    try await group.shutdownGracefully()
    return try result.get()
  }
}
