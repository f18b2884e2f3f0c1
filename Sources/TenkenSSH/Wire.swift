import NIOCore

/// What carries a connection's bytes: a socket, or a channel of the connection to a jump host. Both live on the
/// connection's event loop.
enum Wire {
  case socket(any Channel)
  case tunnel(Tunnel)

  /// Whether more bytes would not only wait in memory.
  var isWritable: Bool {
    switch self {
    case .socket(let channel): channel.isWritable
    case .tunnel(let tunnel): tunnel.isWritable
    }
  }

  func send(_ bytes: ByteBuffer) {
    switch self {
    case .socket(let channel): channel.writeAndFlush(bytes, promise: nil)
    case .tunnel(let tunnel): tunnel.send(bytes)
    }
  }

  func close() {
    switch self {
    case .socket(let channel): channel.close(promise: nil)
    case .tunnel(let tunnel): tunnel.close()
    }
  }
}
