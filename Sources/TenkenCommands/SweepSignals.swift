internal import Dispatch
internal import Glibc
internal import Synchronization
internal import TenkenModel

/// Turns the first SIGINT, SIGTERM or SIGHUP of this process into a drain, and the next into a stop.
enum SweepSignals {
  /// Lends the signals while `body` runs; afterwards they end the process again, as they did before.
  static func withSignals<Value>(_ body: (AsyncStream<SweepSignal>) async throws -> Value) async rethrows -> Value {
    let (stream, continuation) = AsyncStream.makeStream(of: SweepSignal.self)
    let count = Mutex(0)
    // nohup(1) asks that a hang-up be ignored: so it is.
    let heard = isIgnored(SIGHUP) ? [SIGINT, SIGTERM] : [SIGINT, SIGTERM, SIGHUP]
    let sources = heard.map { number in
      // The dispatch source hears the signal only where its default, to end the process, is out of the way.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        let received = count.withLock { count in
          count += 1
          return count
        }
        continuation.yield(received == 1 ? .drain : .stop)
      }
      source.resume()
      return source
    }
    defer {
      for source in sources { source.cancel() }
      for number in heard { signal(number, SIG_DFL) }
      continuation.finish()
    }
    return try await body(stream)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    // SIG_IGN is the address 1 (signal.h); functions do not compare otherwise.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  private static let queue = DispatchQueue(label: "tenken.signals")
}
