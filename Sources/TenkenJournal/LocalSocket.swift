internal import Glibc

/// A stream socket of unix(7) in a directory, under a name of its own.
///
/// Its address has room for 107 bytes of path, and a sweep may lie deeper: it is named through an open descriptor of
/// its directory (proc_pid_fd(5)), which is short wherever the directory is.
enum LocalSocket {
  /// One that listens; what a killed process left under the name is replaced. `nil` where the file system has no
  /// sockets, or no room.
  static func listening(_ name: String, in directory: String) -> Int32? {
    descriptor(name, in: directory, flags: Int32(SOCK_NONBLOCK.rawValue)) { socket, address, path in
      unlink(path)
      return bind(socket, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(socket, 16) == 0
    }
  }

  /// One that is connected to whoever listens there; `nil` where nobody does.
  static func connected(_ name: String, in directory: String) -> Int32? {
    descriptor(name, in: directory, flags: 0) { socket, address, _ in
      connect(socket, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
    }
  }

  /// Sets how long a read and a write may take.
  static func limit(_ descriptor: Int32, toSeconds seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  private static func descriptor(
    _ name: String, in directory: String, flags: Int32,
    _ body: (Int32, UnsafePointer<sockaddr>, String) -> Bool
  ) -> Int32? {
    let parent = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { return nil }
    defer { close(parent) }
    let path = "/proc/self/fd/\(parent)/\(name)"
    let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | flags, 0)
    guard socket >= 0 else { return nil }
    var address = address(of: path)
    let isReady = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body(socket, $0, path) }
    }
    guard isReady else {
      close(socket)
      return nil
    }
    return socket
  }

  private static func address(of path: String) -> sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    return address
  }
}
