import TenkenModel
import NIOCore
import NIOPosix

/// One connection to the ssh-agent, shared by all contacts: requests are sent as they come and answered in order.
///
/// When the agent goes away its open requests fail; the next request connects anew.
actor AgentClient {
  struct Unavailable: Error { let reason: String }

  private enum Link {
    case none
    case connecting
    case open(any Channel)
  }

  nonisolated let path: String
  private nonisolated let loop: any EventLoop
  private var link = Link.none
  /// In the order of their requests; those from `unsent` on wait for the connection.
  private var waiting: CircularBuffer<EventLoopPromise<[UInt8]>> = []
  private var unsent: [ByteBuffer] = []
  private var inbound = ByteBuffer()

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  init(path: String, loop: any EventLoop) {
    self.path = path
    self.loop = loop
  }

  /// Sends a framed request; the future has the answer's payload.
  nonisolated func ask(_ request: [UInt8]) -> EventLoopFuture<[UInt8]> {
    let promise = loop.makePromise(of: [UInt8].self)
    loop.execute { self.assumeIsolated { $0.send(ByteBuffer(bytes: request), promise) } }
    return promise.futureResult
  }

  /// Who only asks what the agent holds waits for no person: an agent that does not answer in time is given up.
  nonisolated func list(within limit: TimeAmount) -> EventLoopFuture<[UInt8]> {
    let answer = ask(AgentMessage.listRequest())
    let timer = loop.scheduleTask(in: limit) { self.assumeIsolated { $0.close("no answer in time") } }
    answer.whenComplete { _ in timer.cancel() }
    return answer
  }

  func close(_ reason: String = "closed") {
    let link = link
    lost(reason)
    if case .open(let channel) = link { channel.close(promise: nil) }
  }

  private func send(_ request: ByteBuffer, _ promise: EventLoopPromise<[UInt8]>) {
    waiting.append(promise)
    switch link {
    case .open(let channel): channel.writeAndFlush(request, promise: nil)
    case .connecting: unsent.append(request)
    case .none:
      unsent.append(request)
      connect()
    }
  }

  private func connect() {
    link = .connecting
    ClientBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Feed(self)) }
      }
      .connect(unixDomainSocketPath: path)
      .whenComplete { result in self.assumeIsolated { $0.connected(result) } }
  }

  private func connected(_ result: Result<any Channel, any Error>) {
    switch result {
    case .failure(let error): lost(String(describing: error).escapedForPeople())
    case .success(let channel):
      link = .open(channel)
      for request in unsent { channel.write(request, promise: nil) }
      unsent = []
      channel.flush()
    }
  }

  private func received(_ buffer: ByteBuffer) {
    inbound.writeImmutableBuffer(buffer)
    while let length = inbound.getInteger(at: inbound.readerIndex, as: UInt32.self) {
      guard length <= AgentMessage.longest, !waiting.isEmpty else { return close() }
      guard inbound.readableBytes >= 4 + Int(length) else { return }
      inbound.moveReaderIndex(forwardBy: 4)
      waiting.removeFirst().succeed(inbound.readBytes(length: Int(length)) ?? [])
    }
    inbound.discardReadBytes()
  }

  private func lost(_ reason: String) {
    link = .none
    unsent = []
    inbound.clear()
    let failed = waiting
    waiting = []
    for promise in failed { promise.fail(Unavailable(reason: reason)) }
  }

  /// Hands what comes from the agent to the client; both live on one event loop.
  private final class Feed: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let client: AgentClient

    init(_ client: AgentClient) { self.client = client }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let buffer = unwrapInboundIn(data)
      client.assumeIsolated { $0.received(buffer) }
    }

    func channelInactive(context: ChannelHandlerContext) {
      client.assumeIsolated { $0.lost("the agent closed the connection") }
    }
  }
}
