import Foundation

/// A TCP server of loopback that says the same to whoever connects.
final class CannedPeer: Sendable {
  enum Act: Sendable {
    case say([UInt8])
    case sayAndClose([UInt8])
    case repeatForever(first: [UInt8], [UInt8])
  }

  private let act: Act
  private let listener: Int32
  let port: UInt16

  private init(_ act: Act) throws {
    self.act = act
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = listener
    let failed = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) != 0 || getsockname(descriptor, $0, &length) != 0
      }
    }
    guard !failed, listen(listener, 16) == 0 else { throw POSIXError(.EADDRINUSE) }
    port = UInt16(bigEndian: address.sin_port)
  }

  static func with<Value>(_ act: Act, _ body: (UInt16) async throws -> Value) async throws -> Value {
    let peer = try CannedPeer(act)
    Thread.detachNewThread { peer.serve() }
    defer { shutdown(peer.listener, Int32(SHUT_RDWR)) }
    return try await body(peer.port)
  }

  /// Until the listener is shut down, a client at a time.
  private func serve() {
    while true {
      let client = accept(listener, nil, nil)
      if client < 0 { break }
      speak(to: client)
      close(client)
    }
    close(listener)
  }

  private func speak(to client: Int32) {
    switch act {
    case .sayAndClose(let bytes):
      send(bytes, to: client)
      shutdown(client, Int32(SHUT_WR))
      hear(client)
    case .say(let bytes):
      send(bytes, to: client)
      hear(client)
    case .repeatForever(let first, let bytes):
      if send(first, to: client) { while send(bytes, to: client) {} }
    }
  }

  @discardableResult
  private func send(_ bytes: [UInt8], to client: Int32) -> Bool {
    Foundation.send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  /// Until the client hangs up.
  private func hear(_ client: Int32) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while read(client, &buffer, buffer.count) > 0 {}
  }
}

/// The packets of RFC 4253 section 6 before anything is encrypted.
enum PlainPacket {
  static func bytes(_ payload: [UInt8]) -> [UInt8] {
    let padding = 8 - (payload.count + 5) % 8 + 8
    return number(1 + payload.count + padding) + [UInt8(padding)] + payload + [UInt8](repeating: 0, count: padding)
  }

  static func disconnect(_ text: String) -> [UInt8] {
    bytes([1, 0, 0, 0, 2] + number(text.utf8.count) + Array(text.utf8) + [0, 0, 0, 0])
  }

  private static func number(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }
}
