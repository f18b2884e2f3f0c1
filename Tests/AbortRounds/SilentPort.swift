import Foundation

/// A port of loopback that accepts nobody: its queue is full, so the kernel drops what comes.
enum SilentPort {
  static func lent(to body: (UInt16) async throws -> Void) async throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    let port = try listen(on: listener)
    let fillers = (0..<4).map { _ in filler(of: port) }
    defer { for filler in fillers { close(filler) } }
    try await body(port)
  }

  private static func listen(on descriptor: Int32) throws -> UInt16 {
    var address = loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let failed = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) != 0 || Foundation.listen(descriptor, 0) != 0
          || getsockname(descriptor, $0, &length) != 0
      }
    }
    if failed { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EINVAL) }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func filler(of port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
    var address = loopback(port: port)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return descriptor
  }

  private static func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}
