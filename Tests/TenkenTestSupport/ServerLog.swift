import Foundation
import Synchronization

/// What a server writes, and who waits for something in it.
final class ServerLog: Sendable {
  private struct Waiter {
    let identifier: UUID
    let condition: @Sendable (String) -> Bool
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var bytes = Data()
    var hasEnded = false
    var waiters: [Waiter] = []

    mutating func takeReady() -> [Waiter] {
      if waiters.isEmpty { return [] }
      let text = String(decoding: bytes, as: UTF8.self)
      let ready = waiters.filter { hasEnded || $0.condition(text) }
      waiters = hasEnded ? [] : waiters.filter { !$0.condition(text) }
      return ready
    }

    mutating func take(_ identifier: UUID) -> [Waiter] {
      let taken = waiters.filter { $0.identifier == identifier }
      waiters.removeAll { $0.identifier == identifier }
      return taken
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
    for waiter in ready { waiter.continuation.resume() }
  }

  /// Returns at once where the task is cancelled: what a test waits for in vain ends with its time limit.
  func wait(until condition: @escaping @Sendable (String) -> Bool) async {
    let identifier = UUID()
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready = state.withLock { state in
          state.waiters.append(Waiter(identifier: identifier, condition: condition, continuation: continuation))
          return Task.isCancelled ? state.take(identifier) : state.takeReady()
        }
        for waiter in ready { waiter.continuation.resume() }
      }
    } onCancel: {
      for waiter in state.withLock({ $0.take(identifier) }) { waiter.continuation.resume() }
    }
  }
}
