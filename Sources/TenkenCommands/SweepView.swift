internal import Glibc
internal import Synchronization
internal import TenkenModel
internal import TenkenPipeline

/// What a person or a program sees of a running sweep. It only watches: events are counted under a lock, and a task
/// beside the sweep draws what was counted.
final class SweepView: Sendable {
  private let sweep: ID<SweepManifest>
  private let inventory: Inventory
  private let transport: Scope.Transport
  private let output: BackgroundWriter
  private let errors: BackgroundWriter
  private let isLive: Bool
  private let hasColour: Bool
  private let options: DisplayOptions
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let progress: Mutex<SweepProgress>
  /// Lines of the live display that stand on the screen.
  private let drawn = Mutex(0)

  init(_ conduct: SweepConduct, world: World, options: DisplayOptions) {
    sweep = conduct.sweep
    inventory = conduct.plan.inventory
    transport = conduct.scope.transport
    output = BackgroundWriter(world.output, label: "output")
    errors = BackgroundWriter(world.errors, label: "errors")
    isLive = !options.noProgress && world.errors.isTerminal
    hasColour = world.output.isTerminal && world.allowsColour
    self.options = options
    start = clock.now
    progress = Mutex(SweepProgress(plan: conduct.plan))
  }

  private var elapsed: Duration { start.duration(to: clock.now) }

  func begin() {
    let planned = progress.withLock { $0.planned }
    say("sweep \(sweep): \(planned.grouped) of \(inventory.terminals.count.grouped) terminals to contact")
    if options.json { output.write(SweepJSON.begin(sweep, planned: planned, of: inventory, over: transport)) }
  }

  func receive(_ event: SweepEvent) {
    progress.withLock { $0.receive(event, at: elapsed) }
    if options.json { output.write(SweepJSON.event(event, of: inventory)) }
    if case .draining(let inFlight) = event {
      say("no new terminals; \(inFlight.grouped) in flight finish (at most 30 s). Ctrl-C again stops at once.")
    }
  }

  /// Draws while `body` runs: five times a second on a terminal, a line every five seconds elsewhere.
  func showing<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
    guard !options.noProgress else { return try await body() }
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

  /// The result, and what to do next.
  func end(_ result: SweepResult, state: StateOptions) {
    if options.json {
      output.write(result.jsonLine)
    } else {
      output.write(result.text(colour: hasColour))
    }
    if result.ending != .finished { sayResume(state: state) }
  }

  /// The last line of a sweep that did not come to its end.
  func sayResume(state: StateOptions) {
    let place = state.given.map { " --state \($0.asShellWord)" } ?? ""
    errors.line("tenken: nothing that was recorded is lost. Go on with: tenken resume \(sweep)\(place)")
  }

  /// Waits a while for whoever reads; a reader who does not read keeps nobody from ending.
  func finish() {
    let (dropped, isStuck) = output.finish(within: 10)
    if dropped > 0 || isStuck {
      let lost = isStuck ? "the last lines" : "\(dropped.grouped) lines"
      errors.line("tenken: nobody read the output for too long: \(lost) are missing from it, nothing from the journal")
    }
    _ = errors.finish(within: 2)
  }

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

  private func say(_ text: String) {
    guard !options.noProgress else { return }
    drawn.withLock { $0 = 0 }
    errors.line(text)
  }

  /// Columns and lines of the screen that a display may fill.
  private static var screen: (width: Int, height: Int) {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20, size.ws_row > 4 else { return (79, 23) }
    return (Int(size.ws_col) - 1, Int(size.ws_row) - 1)
  }
}
