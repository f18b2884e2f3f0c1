import Glibc
package import TenkenModel

extension Network {
  /// Where the servers of tests are: nothing dials them unless their site lists it.
  package static let loopback = Network(.v4(0x7F00_0000), prefixLength: 8)

  package static let loopbackIPv6 = Network(.v6(1), prefixLength: 128)

  /// Whether this machine can be dialled at `::1`.
  package static var hasIPv6Loopback: Bool {
    let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_addr = in6addr_loopback
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
      }
    }
  }
}
