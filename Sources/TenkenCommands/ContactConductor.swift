internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

/// Contacts a fleet from the command line without a journal: shows progress, hears signals, and says how to end.
struct ContactConductor {
  private let plan: Plan
  private let options: FleetOptions

  init(_ plan: Plan, options: FleetOptions) {
    self.plan = plan
    self.options = options
  }

  /// - Parameter body: contacts the fleet under these limits.
  func run<Result: Sendable>(
    _ body: (Limits, AsyncStream<SweepSignal>, @escaping @Sendable (SweepEvent) -> Void) async throws -> Result
  ) async throws -> Result {
    let display = ProgressDisplay(plan, verb: "contacted", world: World.current, isSilent: options.noProgress)
    let limits = limits(display)
    display.say("\(display.planned.grouped) terminals to contact")
    defer { display.finish() }
    return try await SweepSignals.withSignals { signals in
      try await display.showing { try await body(limits, signals, display.receive) }
    }
  }

  private func limits(_ display: ProgressDisplay) -> Limits {
    guard let open = OpenFileLimit.raised() else { return plan.limits }
    let (limits, notice) = plan.limits(forOpenFiles: open)
    if let notice { display.line("tenken: \(notice).") }
    return limits
  }
}

extension SweepEnding {
  /// What a command ends with that contacts a fleet and keeps no journal.
  ///
  /// - Throws: 75 where it was interrupted, 130 where it was stopped at once: what it printed is not whole.
  func expectWhole() throws {
    switch self {
    // Those behind a gateway that cannot be passed are accounted for.
    case .finished, .waiting: break
    case .drained: throw ExitCode(Failure.Code.tryLater.rawValue)
    case .stopped: throw ExitCode(130)
    }
  }
}
