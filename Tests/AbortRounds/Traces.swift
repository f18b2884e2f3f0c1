import CLibSSH2
import Foundation

/// What of this process could be left over.
struct Traces {
  /// Bytes that are allocated; sessions, actors, tasks and buffers are among them.
  let heap: Int
  let resident: Int

  init() {
    let information = mallinfo2()
    heap = information.uordblks + information.hblkhd
    malloc_trim(0)
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    resident = status.firstMatch(of: /VmRSS:\s+([0-9]+) kB/).flatMap { Int($0.1) }.map { $0 * 1024 } ?? 0
  }

  /// Open descriptors but for the server's end of connections to `port`.
  static func descriptors(except port: UInt16) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return names.count { name in Int32(name).map { isOpen($0) && localPort(of: $0) != port } ?? false }
  }

  /// The directory that was listed is closed by now.
  private static func isOpen(_ descriptor: Int32) -> Bool { fcntl(descriptor, F_GETFD) >= 0 }

  private static func localPort(of descriptor: Int32) -> UInt16? {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard result == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
    return UInt16(bigEndian: address.sin_port)
  }
}
