internal import TenkenAnalysis
internal import TenkenJournal
package import TenkenModel
internal import TenkenPlan
internal import TenkenReport
internal import TenkenSweep

/// Finds out which terminals a sweep could inspect: every one that is selected is contacted as a sweep would contact
/// it, under the same limits, and asked what it is. No check runs and no journal is kept.
package struct Probe: Sendable {
  package let plan: Plan
  private let needs: ProbeNeeds
  private let scope: Scope
  private let tool: String
  private let now: @Sendable () -> Timestamp

  /// - Parameter catalogue: what a sweep would run, for what it needs of a terminal.
  init(
    of inventory: Inventory, for catalogue: Catalogue, scope: Scope, in state: StateDirectory, tool: String,
    now: @escaping @Sendable () -> Timestamp
  ) throws {
    needs = ProbeNeeds(of: catalogue)
    let checks = ProbeChecks(programs: needs.programs, platforms: Set(inventory.terminals.map(\.platform)))
    let selected = try SelectedTerminals(scope.selection, of: inventory, in: state)
    var asked = inventory
    // The probe has checks of its own, of which no profile speaks.
    asked.profiles = []
    plan = try Planner.plan(
      inventory: asked, catalogue: checks.catalogue, scope: scope, isSelected: selected.contains)
    try plan.expectWork(selectedBy: scope.selection)
    (self.scope, self.tool, self.now) = (scope, tool, now)
  }

  /// Runs until every terminal was contacted, or until a signal stops it.
  ///
  /// - Parameters: as those of `SweepConduct.run`.
  package func run(
    over transport: AnyTransport, limits: Limits, client: SSHClient = .builtIn, canFallBack: Bool = false,
    signals: AsyncStream<SweepSignal>, events: @Sendable (SweepEvent) -> Void
  ) async throws -> ProbeResult {
    let started = now()
    let terminals = Dictionary(uniqueKeysWithValues: plan.inventory.terminals.map { ($0.id, $0) })
    let sweep = Sweep(
      plan.limited(by: limits), over: transport, seed: scope.seed, now: now, client: client, canFallBack: canFallBack,
      overrides: .everyLimit)
    let collected = try await sweep.collect(
      { attempt in terminals[attempt.terminal].map { judged($0, by: attempt) } }, by: plan.catalogue,
      signals: signals, events: events)
    let entries = zip(plan.inventory.terminals, plan.dispositions).compactMap { terminal, disposition in
      disposition.isContact
        ? ProbeReport.Entry(
          terminal, collected.values[terminal.id] ?? nil, heldBy: collected.hold(on: terminal),
          requiring: needs.programs(on: terminal.platform)) : nil
    }
    let report = ProbeReport(
      of: plan.inventory, entries, started: started, over: scope.transport, tool: tool, isWhole: collected.isWhole)
    return ProbeResult(ending: collected.ending, report: report)
  }

  private func judged(_ terminal: Terminal, by attempt: Attempt) -> ProbedTerminal {
    let observations = Dictionary(attempt.observations.map { ($0.check, $0) }) { first, _ in first }
    let system = observations[ProbeChecks.system]
    let told = system.flatMap { $0.result == .informational ? $0.facts : nil }
    return ProbedTerminal(
      attempt, of: terminal,
      answers: told.map { ProbeAnswers($0, asked: needs.programs, from: attempt.started, to: attempt.ended) },
      silence: system?.message ?? "nothing came",
      root: observations[ProbeChecks.root].map { $0.result == .informational ? .granted : .denied($0.message) },
      needsRoot: needs.root(on: terminal.platform), provesIdentity: scope.transport.provesIdentity)
  }
}

extension Plan.Disposition {
  var isContact: Bool { if case .inspect = self { true } else { false } }
}

extension Scope.Transport {
  /// Whether whoever answers has to prove by a host key who it is.
  fileprivate var provesIdentity: Bool {
    switch self {
    case .ssh, .openssh: true
    case .local, .rehearsal: false
    }
  }
}
