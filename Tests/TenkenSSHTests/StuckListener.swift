import Foundation

/// A port of loopback where nobody answers: its queue is full, so the kernel ignores whoever would connect.
final class StuckListener {
  let port: UInt16
  private var descriptors: [Int32] = []

  init() throws {
    let listener = try Self.socket(0)
    var address = Self.loopback(0)
    try Self.call(&address) { bind(listener, $0, $1) }
    listen(listener, 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    try Self.call(&address) { pointer, _ in getsockname(listener, pointer, &length) }
    port = UInt16(bigEndian: address.sin_port)
    descriptors = [listener]
    // The queue takes one more than it is asked to hold.
    for _ in 0..<3 {
      let client = try Self.socket(Int32(SOCK_NONBLOCK.rawValue))
      try? Self.call(&address) { connect(client, $0, $1) }
      descriptors.append(client)
    }
  }

  /// Takes those that wait, so that the next one gets through.
  func open() {
    for _ in 0..<2 {
      let connection = accept(descriptors[0], nil, nil)
      if connection >= 0 { descriptors.append(connection) }
    }
  }

  deinit { for descriptor in descriptors { close(descriptor) } }

  private static func socket(_ flags: Int32) throws -> Int32 {
    let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | flags, 0)
    if descriptor < 0 { throw POSIXError(.EMFILE) }
    return descriptor
  }

  private static func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    return address
  }

  private static func call(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Int32
  ) throws {
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    if result != 0 { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EINVAL) }
  }
}
