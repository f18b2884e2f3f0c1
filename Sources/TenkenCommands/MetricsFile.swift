internal import Foundation
internal import Synchronization
internal import TenkenModel

/// Keeps the metrics of a running sweep in a file, for a collector of text files. It is replaced whole, so whoever reads
/// it never sees half of it.
final class MetricsFile: Sendable {
  private static let period = Duration.seconds(5)

  private let path: String
  private let now: @Sendable () -> Timestamp
  private let say: @Sendable (String) -> Void
  private let metrics: Mutex<SweepMetrics>
  private let hasFailed = Mutex(false)

  /// - Parameter say: a line for people.
  init(
    _ path: String, _ metrics: SweepMetrics, now: @escaping @Sendable () -> Timestamp,
    say: @escaping @Sendable (String) -> Void
  ) {
    self.path = path
    self.now = now
    self.say = say
    self.metrics = Mutex(metrics)
  }

  func receive(_ event: SweepEvent) { metrics.withLock { $0.receive(event) } }

  /// Writes while `body` runs, and once when it has ended, however it did.
  func writing<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [self] in
        while true {
          write()
          do { try await ContinuousClock().sleep(for: Self.period) } catch { return }
        }
      }
      defer {
        group.cancelAll()
        metrics.withLock { $0.end() }
        write()
      }
      return try await body()
    }
  }

  /// A file that cannot be written stops no sweep; it is said once.
  private func write() {
    let text = metrics.withLock { $0.text(at: now()) }
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      let isFirst = hasFailed.withLock { hasFailed in
        defer { hasFailed = true }
        return !hasFailed
      }
      if isFirst { say("cannot write the metrics to \(path.escapedForPeople()): \(error.localizedDescription)") }
    }
  }
}
