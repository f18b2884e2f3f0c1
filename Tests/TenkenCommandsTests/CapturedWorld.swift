import Synchronization
import TenkenCommands
import TenkenModel

/// A world of a test's own: nothing reaches the process's streams or environment.
final class CapturedWorld: Sendable {
  private let streams = Mutex((output: [UInt8](), errors: [UInt8]()))
  private let environment: [String: String]

  private let outputError: Int32

  /// - Parameter outputError: the errno that every write to standard output meets.
  init(environment: [String: String] = ["HOME": "/nonexistent"], outputError: Int32 = 0) {
    self.environment = environment
    self.outputError = outputError
  }

  /// Runs one command line and returns its exit status.
  func run(_ arguments: String...) async -> Int32 { await run(arguments) }

  func run(_ arguments: [String]) async -> Int32 {
    let world = World(
      environment: environment, now: { Timestamp(milliseconds: 1_764_000_000_000) },
      output: TextSink { bytes in
        self.streams.withLock { $0.output += bytes }
        return self.outputError
      },
      errors: TextSink { bytes in
        self.streams.withLock { $0.errors += bytes }
        return 0
      })
    return await World.$current.withValue(world) { await Tenken.run(arguments) }
  }

  var output: String { streams.withLock { String(decoding: $0.output, as: UTF8.self) } }
  var errors: String { streams.withLock { String(decoding: $0.errors, as: UTF8.self) } }
}
