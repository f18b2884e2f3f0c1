internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

/// Runs a sweep from the command line: chooses the transport, shows progress, hears signals, and ends with the sweep's
/// exit status. `sweep` and `resume` differ only in where their journal comes from.
struct SweepConductor {
  private let inventory: Inventory
  private let scope: Scope
  private let state: StateOptions
  private let display: DisplayOptions
  private let targets: WatchTargets

  /// - Parameter inventory: with the credentials as the plan has them.
  init(
    inventory: Inventory, scope: Scope, state: StateOptions, display: DisplayOptions, targets: WatchTargets
  ) {
    self.targets = targets
    self.inventory = inventory
    self.scope = scope
    self.state = state
    self.display = display
  }

  /// - Parameter begin: called once the transport is ready, so that a key that cannot be used leaves no sweep behind.
  /// - Throws: `ExitCode` with the status of the sweep.
  func run(_ begin: () throws -> SweepConduct) async throws {
    let choice = TransportChoice(scope, inventory: inventory)
    let status = try await choice.withTransport { transport in
      let conduct = try begin()
      defer { conduct.close() }
      return try await self.conduct(conduct, over: transport, choice)
    }
    if status != 0 { throw ExitCode(status) }
  }

  private func conduct(
    _ conduct: SweepConduct, over transport: AnyTransport, _ choice: TransportChoice
  ) async throws -> Int32 {
    let world = World.current
    let view = SweepView(conduct, world: world, options: display)
    let limits = limits(of: conduct)
    let watchers = SweepWatchers(targets, of: conduct, say: view.line)
    view.begin()
    defer { view.finish() }
    do {
      let result = try await SweepSignals.withSignals { signals in
        try await watchers.watching {
          try await view.showing {
            try await conduct.run(
              over: transport, limits: limits, client: choice.client, canFallBack: choice.canFallBack,
              newKeys: choice.newKeys, signals: signals,
              events: { event in
                view.receive(event)
                watchers.receive(event)
              })
          }
        }
      }
      view.end(result, state: state)
      if scope.recordsNewKeys { view.sayNewKeys(state: state) }
      return result.exitStatus
    } catch {
      view.sayResume(state: state)
      throw error
    }
  }

  private func limits(of conduct: SweepConduct) -> Limits {
    guard let open = OpenFileLimit.raised() else { return conduct.plan.limits }
    let (limits, notice) = conduct.plan.limits(forOpenFiles: open)
    if let notice { World.current.errors.line("tenken: \(notice).") }
    return limits
  }
}
