import Dispatch
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

  /// Reads `descriptor` to its end, and then closes it.
  init(reading descriptor: Int32) {
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
    source.setEventHandler {
      var buffer = [UInt8](repeating: 0, count: 64 * 1024)
      let count = read(descriptor, &buffer, buffer.count)
      self.append(Data(buffer.prefix(max(0, count))))
      if count <= 0 { source.cancel() }
    }
    source.setCancelHandler { close(descriptor) }
    source.activate()
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
