internal import Glibc

/// Where a command's words go.
package struct TextSink: Sendable {
  private let writer: @Sendable ([UInt8]) -> Void
  /// Whether a person watches: a live display is drawn only then.
  package let isTerminal: Bool

  package init(isTerminal: Bool = false, write: @escaping @Sendable ([UInt8]) -> Void) {
    writer = write
    self.isTerminal = isTerminal
  }

  /// A descriptor of this process. That nobody reads it any more stops nothing.
  init(descriptor: Int32) {
    self.init(isTerminal: isatty(descriptor) == 1) { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if written < 0 {
          if errno == EINTR { continue }
          return
        }
        rest = rest.dropFirst(written)
      }
    }
  }

  func writeBytes(_ bytes: [UInt8]) { writer(bytes) }
  func write(_ text: String) { writer(Array(text.utf8)) }
  func line(_ text: String = "") { write(text + "\n") }
}
