import Foundation
import Synchronization

/// What a server writes, and who waits for something in it.
final class ServerLog: Sendable {
  private struct State {
    var bytes = Data()
    var hasEnded = false
    var waiters: [(condition: @Sendable (String) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []

    mutating func takeReady() -> [CheckedContinuation<Void, Never>] {
      if waiters.isEmpty { return [] }
      let text = String(decoding: bytes, as: UTF8.self)
      let ready = waiters.filter { hasEnded || $0.condition(text) }
      waiters = hasEnded ? [] : waiters.filter { !$0.condition(text) }
      return ready.map(\.continuation)
    }
  }

  private let state = Mutex(State())

  /// Reads `descriptor` to its end, and then closes it, on a thread of its own: a read that waits.
  init(reading descriptor: Int32) {
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 64 * 1024)
      var count = 0
      repeat {
        count = read(descriptor, &buffer, buffer.count)
        self.append(Data(buffer.prefix(max(0, count))))
      } while count > 0
      close(descriptor)
    }
  }

  var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }

  /// No bytes mean that the stream has ended: nobody waits any longer.
  private func append(_ bytes: Data) {
    let ready = state.withLock { state in
      state.bytes += bytes
      if bytes.isEmpty { state.hasEnded = true }
      return state.takeReady()
    }
    for continuation in ready { continuation.resume() }
  }

  func wait(until condition: @escaping @Sendable (String) -> Bool) async {
    await withCheckedContinuation { continuation in
      let ready = state.withLock { state in
        state.waiters.append((condition, continuation))
        return state.takeReady()
      }
      for continuation in ready { continuation.resume() }
    }
  }
}
