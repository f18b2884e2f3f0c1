internal import Foundation
internal import Synchronization
internal import TenkenModel

/// Hands the serious findings of a running sweep to a program of the user's: one at a time, a JSON object each on its
/// standard input. What becomes of the program never stops the sweep.
///
/// Everything is bounded: `allowance` for each call, so many findings that wait, `most` of them in a run, and nothing
/// of what the program writes is read.
final class FindingHook: Sendable {
  static let leastSeverity = Severity.high
  private static let most = 1000
  /// For those that wait when the sweep has ended.
  private static let grace = Duration.seconds(60)

  private let program: FindingProgram
  private let allowance: Duration
  private let findings: @Sendable (SweepEvent) -> [[UInt8]]
  private let say: @Sendable (String) -> Void
  private let waiting: AsyncStream<[UInt8]>
  private let queue: AsyncStream<[UInt8]>.Continuation
  private let counts = Mutex((told: 0, dropped: 0, hasComplained: false))

  /// - Parameters:
  ///   - findings: of an event, a JSON object each.
  ///   - queueLength: findings that may wait.
  ///   - say: a line for people.
  init(
    _ program: FindingProgram, findings: @escaping @Sendable (SweepEvent) -> [[UInt8]],
    allowance: Duration = .seconds(10), queueLength: Int = 200, say: @escaping @Sendable (String) -> Void
  ) {
    self.program = program
    self.findings = findings
    self.allowance = allowance
    self.say = say
    (waiting, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(queueLength))
  }

  /// Never waits: what does not fit into the queue is counted.
  func receive(_ event: SweepEvent) {
    for finding in findings(event) {
      let mayGo = counts.withLock { counts in
        guard counts.told < Self.most else { return false }
        counts.told += 1
        return true
      }
      if mayGo, case .enqueued = queue.yield(finding) { continue }
      counts.withLock { $0.dropped += 1 }
    }
  }

  /// Calls the program while `body` runs, and a while longer for those that wait then.
  func calling<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [self] in for await finding in waiting { await call(with: finding) } }
      do {
        let value = try await body()
        queue.finish()
        group.addTask { try await ContinuousClock().sleep(for: Self.grace) }
        _ = try await group.next()
        group.cancelAll()
        sayDropped()
        return value
      } catch {
        queue.finish()
        group.cancelAll()
        throw error
      }
    }
  }

  private func sayDropped() {
    let dropped = counts.withLock { $0.dropped }
    if dropped > 0 {
      say(
        "\(dropped.grouped) findings were not handed to \(program.url.lastPathComponent): `tenken findings` has them all"
      )
    }
  }

  private func call(with finding: [UInt8]) async {
    guard !Task.isCancelled else { return counts.withLock { $0.dropped += 1 } }
    let process = Process()
    let input = Pipe()
    process.executableURL = program.url
    process.arguments = []
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let (ends, ended) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { process in
      ended.yield(process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus)
      ended.finish()
    }
    do {
      try process.run()
    } catch {
      return complain("could not be started: \(error.localizedDescription)")
    }
    // A pipe holds 64 KiB (pipe(7)) and a finding is far smaller: whoever does not read it holds nobody up.
    try? input.fileHandleForWriting.write(contentsOf: finding)
    try? input.fileHandleForWriting.close()
    await judge(await status(of: process, ends))
  }

  /// `nil` where it had to be killed.
  private func status(of process: Process, _ ends: AsyncStream<Int32>) async -> Int32? {
    await withTaskGroup(of: Int32?.self) { group in
      group.addTask {
        for await status in ends { return status }
        return nil
      }
      group.addTask { [allowance] in
        try? await ContinuousClock().sleep(for: allowance)
        return nil
      }
      let first = await group.next() ?? nil
      if first == nil { kill(process.processIdentifier, SIGKILL) }
      group.cancelAll()
      return first
    }
  }

  private func judge(_ status: Int32?) async {
    switch status {
    case 0?: break
    case let status?: complain("ended with \(status)")
    case nil: complain("did not end within \(allowance.forPeople), and was killed")
    }
  }

  private func complain(_ what: String) {
    let isFirst = counts.withLock { counts in
      defer { counts.hasComplained = true }
      return !counts.hasComplained
    }
    if isFirst { say("\(program.url.lastPathComponent) \(what); the sweep goes on, and this is said once") }
  }
}
