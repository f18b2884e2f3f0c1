internal import Dispatch
internal import Glibc
internal import TenkenModel

/// Tells whoever connects to the socket in a sweep's directory which contacts its owner is making, and hangs up. Nobody
/// asks, nothing is done; whoever reads slowly keeps others who ask waiting, and not the sweep.
final class InFlightServer {
  static let name = "in-flight"

  private let source: any DispatchSourceRead
  private let directory: SweepDirectory

  /// - Parameter contacts: asked from a thread of the server's own.
  /// - Returns: `nil` where there can be no socket: the sweep goes on without.
  init?(_ directory: SweepDirectory, contacts: @escaping @Sendable () -> [InFlight]) {
    guard let descriptor = LocalSocket.listening(Self.name, in: directory.path) else { return nil }
    self.directory = directory
    source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: DispatchQueue(label: "tenken.in-flight"))
    source.setEventHandler { Self.answer(on: descriptor, contacts) }
    source.setCancelHandler { close(descriptor) }
    source.resume()
  }

  func stop() {
    source.cancel()
    unlink("\(directory.path)/\(Self.name)")
  }

  /// Asks the owner of a sweep; `nil` where there is none, or it does not answer.
  static func ask(_ directory: SweepDirectory) throws(InFlightText.Malformed) -> [InFlight]? {
    guard let descriptor = LocalSocket.connected(name, in: directory.path) else { return nil }
    defer { close(descriptor) }
    LocalSocket.limit(descriptor, toSeconds: 10)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count < InFlightText.limit {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    return bytes.isEmpty ? nil : try InFlightText.contacts(bytes)
  }

  private static func answer(on listener: Int32, _ contacts: () -> [InFlight]) {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      defer { close(connection) }
      LocalSocket.limit(connection, toSeconds: 2)
      write(InFlightText.bytes(contacts()), to: connection)
    }
  }

  private static func write(_ bytes: [UInt8], to connection: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // Somebody who has gone is no reason for a signal.
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
