import NIOCore
import NIOPosix
import TenkenCrypto

/// An ssh-agent on a socket that answers every request as a test says.
final class FakeAgent: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Answer: Sendable {
    /// This payload, framed.
    case payload([UInt8])
    /// These bytes as they are.
    case bytes([UInt8])
    case hangUp
  }

  private let answer: @Sendable ([UInt8]) -> Answer

  init(_ answer: @escaping @Sendable ([UInt8]) -> Answer) { self.answer = answer }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var buffer = unwrapInboundIn(data)
    while let length = buffer.readInteger(as: UInt32.self), let request = buffer.readBytes(length: Int(length)) {
      switch answer(request) {
      case .payload(let payload):
        var writer = WireWriter()
        writer.string(payload)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: writer.bytes)), promise: nil)
      case .bytes(let bytes): context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
      case .hangUp: context.close(promise: nil)
      }
    }
  }

  /// The answer to a request for the list that holds one key.
  static func list(_ blob: [UInt8]) -> Answer {
    var writer = WireWriter()
    writer.byte(12)
    writer.uint32(1)
    writer.string(blob)
    writer.string([])
    return .payload(writer.bytes)
  }

  static func with<Value>(
    at socket: String, _ answer: @escaping @Sendable ([UInt8]) -> Answer, _ body: () async throws -> Value
  ) async throws -> Value {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    _ = try await ServerBootstrap(group: group)
      .childChannelInitializer { $0.pipeline.addHandler(FakeAgent(answer)) }
      .bind(unixDomainSocketPath: socket).get()
    let result: Result<Value, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    try await group.shutdownGracefully()
    return try result.get()
  }
}
