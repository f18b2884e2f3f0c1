import Foundation
import Synchronization

/// What comes through a pipe, until its other end is closed.
final class CollectedText: Sendable {
  private let bytes = Mutex([UInt8]())
  private let (closing, closed) = AsyncStream.makeStream(of: Void.self)

  /// The pipe to write to. `follow` sees each piece as it comes, and at the end an empty one.
  func pipe(_ follow: @escaping @Sendable (String) -> Void) -> Pipe {
    let pipe = Pipe()
    pipe.fileHandleForReading.readabilityHandler = { handle in
      let piece = handle.availableData
      self.bytes.withLock { $0 += piece }
      follow(String(decoding: piece, as: UTF8.self))
      if piece.isEmpty {
        handle.readabilityHandler = nil
        self.closed.finish()
      }
    }
    return pipe
  }

  func whole() async -> String {
    for await _ in closing {}
    return bytes.withLock { String(decoding: $0, as: UTF8.self) }
  }
}
