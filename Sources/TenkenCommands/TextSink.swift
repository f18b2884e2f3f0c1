internal import Glibc
internal import Synchronization

/// Where a command's words go.
package final class TextSink: Sendable {
  private let writer: @Sendable ([UInt8]) -> Int32
  private let error = Mutex<Int32>(0)
  /// Whether a person watches: a live display is drawn only then.
  package let isTerminal: Bool

  /// - Parameter write: returns 0, or the errno of what went wrong.
  package init(isTerminal: Bool = false, write: @escaping @Sendable ([UInt8]) -> Int32) {
    writer = write
    self.isTerminal = isTerminal
  }

  /// A descriptor of this process.
  convenience init(descriptor: Int32) {
    self.init(isTerminal: isatty(descriptor) == 1) { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if written < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = rest.dropFirst(written)
      }
      return 0
    }
  }

  /// The errno of the first write that failed, 0 where none did. That nobody reads any more (EPIPE, or a descriptor
  /// that was closed from the start) is no failure: whoever closed it knows.
  var failure: Int32 { error.withLock { $0 } }

  func writeBytes(_ bytes: [UInt8]) {
    let code = writer(bytes)
    guard code != 0, code != EPIPE, code != EBADF else { return }
    error.withLock { if $0 == 0 { $0 = code } }
  }

  func write(_ text: String) { writeBytes(Array(text.utf8)) }
  func line(_ text: String = "") { write(text + "\n") }
}
