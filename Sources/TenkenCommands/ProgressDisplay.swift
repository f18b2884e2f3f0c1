internal import Glibc
internal import Synchronization
internal import TenkenModel

/// How a sweep goes on, on standard error. It only watches: events are counted under a lock, and a task beside the
/// sweep draws what was counted.
final class ProgressDisplay: Sendable {
  private let errors: BackgroundWriter
  private let isLive: Bool
  private let isSilent: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let progress: Mutex<SweepProgress>
  /// Lines of the live display that stand on the screen.
  private let drawn = Mutex(0)

  /// - Parameters:
  ///   - verb: what has been done with a terminal that counts: `recorded`.
  ///   - isSilent: whether nothing is to be shown.
  init(_ plan: Plan, verb: String, world: World, isSilent: Bool) {
    errors = BackgroundWriter(world.errors, label: "errors")
    isLive = !isSilent && world.errors.isTerminal
    self.isSilent = isSilent
    start = clock.now
    progress = Mutex(SweepProgress(plan: plan, verb: verb))
  }

  /// Terminals that are to be contacted.
  var planned: Int { progress.withLock { $0.planned } }

  func receive(_ event: SweepEvent) {
    progress.withLock { $0.receive(event, at: elapsed) }
    if case .conditions(let conditions, let nextTry) = event { say(ConditionLine(conditions, nextTry: nextTry).text) }
    if case .overdue(let deadline) = event { say("the deadline of \(deadline.forPeople) has passed.") }
    if case .hours(let site, let wait) = event {
      say(wait.map { "\(site): outside its hours for \($0.forPeople)" } ?? "\(site): within its hours")
    }
    if case .draining(let inFlight) = event {
      say("no new terminals; \(inFlight.grouped) in flight finish (at most 30 s). Ctrl-C again stops at once.")
    }
  }

  /// Draws while `body` runs: five times a second on a terminal, a line every five seconds elsewhere.
  func showing<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
    guard !isSilent else { return try await body() }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [self] in
        while true {
          do { try await clock.sleep(for: isLive ? .milliseconds(200) : .seconds(5)) } catch { return }
          draw()
        }
      }
      defer {
        group.cancelAll()
        draw()
        drawn.withLock { $0 = 0 }
      }
      return try await body()
    }
  }

  /// A line that belongs to the progress: it is not shown where that is not.
  func say(_ text: String) {
    guard !isSilent else { return }
    drawn.withLock { $0 = 0 }
    errors.line(text)
  }

  /// A line that is shown in any case.
  func line(_ text: String) { errors.line(text) }

  /// Waits a while for whoever reads.
  func finish() { _ = errors.finish(within: 2) }

  private var elapsed: Duration { start.duration(to: clock.now) }

  private func draw() {
    let lines = progress.withLock { [elapsed] progress in
      guard isLive else { return [progress.summary(at: elapsed)] }
      let screen = Self.screen
      return progress.lines(at: elapsed, width: screen.width, height: screen.height)
    }
    drawn.withLock { count in
      // Up over what stands there, each line cleared as it is written again (ECMA-48: CUU, EL).
      let up = isLive && count > 0 ? "\u{1B}[\(count)A" : ""
      errors.write(up + lines.map { isLive ? "\u{1B}[2K\($0)\n" : "\($0)\n" }.joined())
      count = isLive ? lines.count : 0
    }
  }

  /// Columns and lines of the screen that a display may fill.
  private static var screen: (width: Int, height: Int) {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20, size.ws_row > 4 else { return (79, 23) }
    return (Int(size.ws_col) - 1, Int(size.ws_row) - 1)
  }
}
