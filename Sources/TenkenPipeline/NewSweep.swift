internal import TenkenJournal
package import TenkenModel
internal import TenkenPlan
internal import TenkenTransport

/// A sweep that is described and not yet begun.
package struct NewSweep {
  package let plan: Plan
  package let scope: Scope
  private let inventory: Inventory

  /// inventory x catalogue x scope.
  init(inventory: Inventory, catalogue: Catalogue, scope: Scope, in state: StateDirectory) throws {
    let selected = try SelectedTerminals(scope.selection, of: inventory, in: state)
    self.inventory = inventory
    self.scope = scope
    let sample = scope.sample.map { count in
      TerminalSample(count, of: inventory.terminals.indices.filter(selected.contains), seed: scope.seed)
    }
    plan = try Planner.plan(
      inventory: inventory, catalogue: catalogue, scope: scope, isSelected: selected.contains,
      isDrawn: { sample?.contains($0) != false })
    try plan.expectWork(selectedBy: scope.selection)
    try plan.expectKnownZones(at: Timestamp(milliseconds: 0))
  }

  /// What would be contacted, with which checks, bytes and limits: for `--dry-run`.
  package var summary: String {
    var generator = SystemRandomNumberGenerator()
    let (nonce, factNonce) = (Nonce(using: &generator), Nonce(using: &generator))
    return PlanSummary(plan) { checks in
      RemoteProgram(nonce: nonce, factNonce: factNonce, checks: checks).text.count
    }.text()
  }

  func begin(in state: StateDirectory, tool: String, at now: Timestamp) throws -> Journal {
    try state.prepare()
    var generator = SystemRandomNumberGenerator()
    let manifest = SweepManifest(
      id: state.newSweepID(at: now, using: &generator), started: now, tool: tool, inventory: inventory.name,
      inventoryDigest: inventory.digest, catalogueDigest: plan.catalogue.digest, terminals: inventory.terminals.count,
      scope: scope)
    var excluded: [ID<Terminal>: String] = [:]
    for (terminal, disposition) in zip(inventory.terminals, plan.dispositions) {
      if case .excluded(let reason) = disposition { excluded[terminal.id] = reason }
    }
    return try Journal.create(
      in: state, manifest: manifest, inventory: inventory.located, catalogue: plan.catalogue.located,
      excluded: excluded)
  }
}

extension Inventory {
  fileprivate var located: Inventory {
    var located = self
    located.sources = sources.located
    return located
  }
}

extension Catalogue {
  fileprivate var located: Catalogue { Catalogue(checks: checks, sources: sources.locatedInEach, digest: digest) }
}
