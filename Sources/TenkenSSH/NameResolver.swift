import Glibc
import NIOCore
import NIOPosix

/// Turns addresses and names into socket addresses; names on a few threads of their own, since getaddrinfo(3) waits.
struct NameResolver: Sendable {
  struct NotFound: Error { let reason: String }

  /// Enough that a slow name server holds up only those who wait for it, few enough to be nobody's flood.
  private static let threads = 8
  /// Of one name; a contact has one deadline for all of them.
  private static let mostAddresses = 4

  private let pool = NIOThreadPool(numberOfThreads: Self.threads)

  init() { pool.start() }

  func shutdown() async { try? await pool.shutdownGracefully() }

  /// `nil` where `host` is no literal address.
  static func literal(_ host: String, port: UInt16) -> SocketAddress? {
    try? SocketAddress(ipAddress: host, port: Int(port))
  }

  func resolve(_ host: String, port: UInt16, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]> {
    pool.runIfActive(eventLoop: loop) { try Self.lookUp(host, port: port) }
  }

  private static func lookUp(_ host: String, port: UInt16) throws -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &list)
    guard code == 0 else { throw NotFound(reason: String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(list) }
    let entries = sequence(first: list, next: { $0?.pointee.ai_next }).lazy.compactMap { $0?.pointee }
    return Array(entries.compactMap { address($0, host) }.prefix(mostAddresses))
  }

  private static func address(_ entry: addrinfo, _ host: String) -> SocketAddress? {
    guard let bytes = UnsafeRawPointer(entry.ai_addr) else { return nil }
    switch entry.ai_family {
    case AF_INET: return SocketAddress(bytes.loadUnaligned(as: sockaddr_in.self), host: host)
    case AF_INET6: return SocketAddress(bytes.loadUnaligned(as: sockaddr_in6.self), host: host)
    default: return nil
    }
  }
}
