internal import TenkenModel
internal import TenkenPipeline

/// What a person or a program sees of a running sweep: its progress, its events, and its result.
final class SweepView: Sendable {
  private let sweep: ID<SweepManifest>
  private let inventory: Inventory
  private let transport: Scope.Transport
  private let output: BackgroundWriter
  private let display: ProgressDisplay
  private let hasColour: Bool
  private let options: DisplayOptions

  init(_ conduct: SweepConduct, world: World, options: DisplayOptions) {
    sweep = conduct.sweep
    inventory = conduct.plan.inventory
    transport = conduct.scope.transport
    output = BackgroundWriter(world.output, label: "output")
    display = ProgressDisplay(conduct.plan, verb: "recorded", world: world, isSilent: options.noProgress)
    hasColour = world.output.isTerminal && world.allowsColour
    self.options = options
  }

  func begin() {
    let planned = display.planned
    display.say("sweep \(sweep): \(planned.grouped) of \(inventory.terminals.count.grouped) terminals to contact")
    if options.json { output.write(SweepJSON.begin(sweep, planned: planned, of: inventory, over: transport)) }
  }

  /// A line for people, in any case.
  func line(_ text: String) { display.line("tenken: \(text)") }

  func receive(_ event: SweepEvent) {
    display.receive(event)
    if options.json { output.write(SweepJSON.event(event, of: inventory)) }
  }

  /// Draws while `body` runs.
  func showing<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
    try await display.showing(body)
  }

  /// The result, and what to do next.
  func end(_ result: SweepResult, state: StateOptions) {
    if options.json {
      output.write(result.jsonLine)
    } else {
      output.write(result.text(colour: hasColour))
    }
    if case .waiting = result.ending {
      for hold in result.holds { display.line("tenken: \(hold)".escapedForPeople(maxLength: 600)) }
    }
    if result.ending != .finished { sayResume(state: state, beyond: result.remedies) }
  }

  /// The last line of a sweep that did not come to its end.
  ///
  /// - Parameter limits: those that paused it, and would again.
  func sayResume(state: StateOptions, beyond limits: [LimitOverride] = []) {
    let place = state.given.map { " --state \($0.asShellWord)" } ?? ""
    let command = "tenken resume \(sweep)\(place)"
    guard !limits.isEmpty else {
      return display.line("tenken: nothing that was recorded is lost. Go on with: \(command)")
    }
    let beyond = limits.map { " --override \($0.text)" }.joined()
    display.line("tenken: nothing that was recorded is lost. Look into what paused it; then: \(command)\(beyond)")
  }

  /// Nobody has compared the keys that were taken on first sight.
  func sayNewKeys(state: StateOptions) {
    let place = state.given.map { " --state \($0.asShellWord)" } ?? ""
    display.line(
      "tenken: new host keys were taken on first sight. Compare them: tenken list \(sweep)\(place) -o known-hosts")
  }

  /// Waits a while for whoever reads; a reader who does not read keeps nobody from ending.
  func finish() {
    let (dropped, isStuck) = output.finish(within: 10)
    if dropped > 0 || isStuck {
      let lost = isStuck ? "the last lines" : "\(dropped.grouped) lines"
      display.line("tenken: nobody read the output for too long: \(lost) are missing from it, nothing from the journal")
    }
    display.finish()
  }
}
