import Glibc
package import NIOCore
import TenkenCrypto
import TenkenTransport

/// One connection to a `HostileServer`.
package final class HostileSession: ChannelInboundHandler {
  package typealias InboundIn = ByteBuffer
  package typealias OutboundOut = ByteBuffer

  private let server: HostileServer
  private var inbound: [UInt8] = []
  private var fromClient = ServerPackets()
  private var toClient = ServerPackets()
  private var clientVersion: [UInt8]?
  private var clientOffer: [UInt8] = []
  private let offer = ServerKeyExchange.offer
  private var keys: ServerKeyExchange.Keys?
  private var stdin: [UInt8] = []
  private var endless: [UInt8]?
  private var isDone = false

  init(_ server: HostileServer) { self.server = server }

  package func channelActive(context: ChannelHandlerContext) {
    guard reach(.banner, context) else { return }
    write(ServerKeyExchange.version + [0x0D, 0x0A], context)
    guard reach(.keyOffer, context) else { return }
    send(offer, context)
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    inbound += unwrapInboundIn(data).readableBytesView
    if isDone { return inbound = [] }
    if clientVersion == nil {
      guard let end = inbound.firstIndex(of: 0x0A) else { return }
      clientVersion = Array(inbound[..<(end - 1)])
      inbound.removeFirst(end + 1)
    }
    while !isDone, let payload = fromClient.open(&inbound) { receive(payload, context) }
  }

  package func channelWritabilityChanged(context: ChannelHandlerContext) { fill(context) }

  package func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  // MARK: The protocol

  private func receive(_ payload: [UInt8], _ context: ChannelHandlerContext) {
    switch payload.first {
    case 1: context.close(promise: nil)
    case 20: clientOffer = payload
    case 30: exchange(Array(payload.dropFirst(5)), context)
    case 21: unlockClient()
    case 5: if reach(.service, context) { send([6] + payload.dropFirst(), context) }
    case 50: logIn(payload, context)
    case 90: openChannel(payload, context)
    case 98: if reach(.command, context) { send([99, 0, 0, 0, 0], context) }
    case 94: stdin += payload.dropFirst(9)
    case 96: answer(context)
    default: break
    }
  }

  private func exchange(_ share: [UInt8], _ context: ChannelHandlerContext) {
    guard reach(.keyReply, context) else { return }
    let exchange = ServerKeyExchange(
      hostKey: server.hostKey, offer: offer, clientVersion: clientVersion ?? [], clientOffer: clientOffer)
    guard let (message, keys) = exchange.answer(to: share) else { return context.close(promise: nil) }
    self.keys = keys
    send(message, context)
    send([21], context)
    toClient.protect(key: keys.bytes("D", 16), vector: keys.bytes("B", 16), macKey: keys.bytes("F", 32))
  }

  private func unlockClient() {
    guard let keys else { return }
    fromClient.protect(key: keys.bytes("C", 16), vector: keys.bytes("A", 16), macKey: keys.bytes("E", 32))
  }

  /// First the client asks whether its key would do, then it signs.
  private func logIn(_ payload: [UInt8], _ context: ChannelHandlerContext) {
    guard reach(.login, context) else { return }
    let question: [UInt8]? = payload.withUnsafeBytes { bytes in
      var reader = WireReader(bytes)
      _ = (reader.byte(), reader.string(), reader.string(), reader.string())
      guard reader.byte() == 0 else { return nil }
      return [60] + Array(reader.rest)
    }
    send(question ?? [52], context)
  }

  private func openChannel(_ payload: [UInt8], _ context: ChannelHandlerContext) {
    guard reach(.channel, context) else { return }
    let channel = Self.senderChannel(payload)
    var message = WireWriter()
    if case .refuseChannels(let why) = server.trick {
      message.byte(92)
      for number in [channel, 1] { message.uint32(number) }
      message.string(why.utf8)
      message.string([])
      return send(message.bytes, context)
    }
    message.byte(91)
    var window: UInt32 = 1 << 24
    if case .noWindow = server.trick { window = 0 }
    for number in [channel, channel, window, 32_768] { message.uint32(number) }
    send(message.bytes, context)
    if case .tunnel(let first, let endless) = server.trick { speak(first, endless, through: channel, context) }
  }

  private func speak(_ first: [UInt8], _ endless: [UInt8]?, through channel: UInt32, _ context: ChannelHandlerContext) {
    if !first.isEmpty { send(Self.data(first, on: channel), context) }
    guard let endless else { return }
    self.endless = Self.data(endless, on: channel)
    fill(context)
  }

  private static func senderChannel(_ payload: [UInt8]) -> UInt32 {
    payload.withUnsafeBytes { bytes in
      var reader = WireReader(bytes)
      _ = (reader.byte(), reader.string())
      return reader.uint32() ?? 0
    }
  }

  private func answer(_ context: ChannelHandlerContext) {
    guard reach(.answer, context) else { return }
    if case .drip = server.trick { return drip(context) }
    var answer = HostileServer.Answer()
    if case .answer(let make) = server.trick { answer = make(String(decoding: stdin, as: UTF8.self)) }
    for chunk in chunks(answer.stdout) { send(Self.data(chunk), context) }
    for chunk in chunks(answer.stderr) { send(Self.data(chunk, isError: true), context) }
    guard reach(.exit, context) else { return }
    if case .exit(let messages) = server.trick { for message in messages { send(message, context) } }
    var status = WireWriter()
    status.byte(98)
    status.uint32(0)
    status.string("exit-status".utf8)
    status.byte(0)
    status.uint32(answer.status)
    for message in [status.bytes, [96, 0, 0, 0, 0], [97, 0, 0, 0, 0]] { send(message, context) }
  }

  private func drip(_ context: ChannelHandlerContext) {
    isDone = true
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    _ = context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .seconds(1)) { task in
      let (session, context) = bound.value
      guard context.channel.isActive else { return task.cancel() }
      session.send(Self.data([0x2E]), context)
    }
  }

  private func chunks(_ text: String) -> [[UInt8]] {
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: 16_384).map { Array(bytes[$0..<min($0 + 16_384, bytes.count)]) }
  }

  /// SSH_MSG_CHANNEL_DATA or SSH_MSG_CHANNEL_EXTENDED_DATA on a channel of the client's.
  package static func data(_ bytes: [UInt8], isError: Bool = false, on channel: UInt32 = 0) -> [UInt8] {
    var message = WireWriter()
    message.byte(isError ? 95 : 94)
    message.uint32(channel)
    if isError { message.uint32(1) }
    message.string(bytes)
    return message.bytes
  }

  // MARK: The tricks

  /// Whether the server goes on at this stage as a server should.
  private func reach(_ stage: HostileServer.Stage, _ context: ChannelHandlerContext) -> Bool {
    switch server.trick {
    case .hang(stage): isDone = true
    case .perform(stage, let act): act()
    case .close(stage): context.close(promise: nil)
    case .reset(stage): reset(context)
    case .flood(stage, let message):
      endless = message
      fill(context)
    default: return true
    }
    isDone = true
    return false
  }

  private func reset(_ context: ChannelHandlerContext) {
    let channel = context.channel
    (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
      .whenComplete { _ in channel.close(promise: nil) }
  }

  private func fill(_ context: ChannelHandlerContext) {
    guard let endless else { return }
    while context.channel.isWritable, context.channel.isActive { send(endless, context) }
  }

  private func send(_ payload: [UInt8], _ context: ChannelHandlerContext) {
    write(toClient.seal(payload), context)
  }

  private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
  }
}
