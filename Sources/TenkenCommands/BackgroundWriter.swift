internal import Dispatch
internal import Synchronization

/// Writes to a sink from a thread of its own, so that a reader who does not read holds nobody up. What such a reader
/// leaves beyond `capacity` bytes is dropped, and counted.
final class BackgroundWriter: Sendable {
  private static let capacity = 16 << 20

  private let sink: TextSink
  private let queue: DispatchQueue
  private let backlog = Mutex((bytes: 0, dropped: 0))

  init(_ sink: TextSink, label: String) {
    self.sink = sink
    queue = DispatchQueue(label: "tenken.\(label)")
  }

  func write(_ text: String) {
    let bytes = Array(text.utf8)
    let fits = backlog.withLock { backlog in
      guard backlog.bytes + bytes.count <= Self.capacity else {
        backlog.dropped += 1
        return false
      }
      backlog.bytes += bytes.count
      return true
    }
    guard fits else { return }
    queue.async { [self] in
      sink.writeBytes(bytes)
      backlog.withLock { $0.bytes -= bytes.count }
    }
  }

  func line(_ text: String) { write(text + "\n") }

  /// Waits until everything is written, or until the reader has not read for `seconds`.
  ///
  /// - Returns: how many writes were dropped, and whether some still wait.
  func finish(within seconds: Int) -> (dropped: Int, isStuck: Bool) {
    let done = DispatchSemaphore(value: 0)
    queue.async { done.signal() }
    let isStuck = done.wait(timeout: .now() + .seconds(seconds)) == .timedOut
    return (backlog.withLock { $0.dropped }, isStuck)
  }
}
