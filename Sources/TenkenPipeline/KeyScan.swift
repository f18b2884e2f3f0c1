internal import TenkenCrypto
internal import TenkenJournal
package import TenkenModel
internal import TenkenReport
internal import TenkenSweep
internal import TenkenTransport

/// Asks every terminal that is selected, and the gateways on the way, for its host key, and holds that against what is
/// on record. Nobody is logged in to but gateways that prove who they are, and no journal is kept.
package struct KeyScan: Sendable {
  package let plan: Plan
  private let fleet: Inventory
  private let gateways: [ID<Terminal>: Gateway]
  private let scope: Scope
  private let tool: String
  private let now: @Sendable () -> Timestamp

  init(
    of fleet: Inventory, scope: Scope, in state: StateDirectory, tool: String,
    now: @escaping @Sendable () -> Timestamp
  ) throws {
    let selected = try SelectedTerminals(scope.selection, of: fleet, in: state)
    let sites = Set(fleet.terminals.indices.filter(selected.contains).map { fleet.terminals[$0].site })
    let targets = ScanTargets(fleet, sites: sites)
    let offset = targets.gateways.count
    plan = Plan(
      inventory: targets.inventory,
      catalogue: Catalogue(checks: [], sources: SourceFiles(origin: "", files: []), digest: fleet.digest),
      limits: scope.limits, checkSets: [[]],
      dispositions: targets.inventory.terminals.indices.map { index in
        index < offset || selected.contains(index - offset)
          ? .inspect(set: 0, attempts: 0, unsupported: nil) : .excluded("not selected")
      })
    try plan.expectWork(selectedBy: scope.selection)
    (self.fleet, gateways, self.scope, self.tool, self.now) = (fleet, targets.gateways, scope, tool, now)
  }

  /// Runs until every host was asked, or until a signal stops it.
  ///
  /// - Parameters:
  ///   - transport: one whose contacts end with the host key.
  ///   - canFallBack: whether it has the system's ssh for hosts that Tenken's own client cannot speak to.
  package func run(
    over transport: AnyTransport, limits: Limits, canFallBack: Bool = false, signals: AsyncStream<SweepSignal>,
    events: @Sendable (SweepEvent) -> Void
  ) async throws -> KeyScanResult {
    let started = now()
    let hosts = KnownHosts(of: fleet)
    let terminals = Dictionary(uniqueKeysWithValues: plan.inventory.terminals.map { ($0.id, $0) })
    let sweep = Sweep(
      plan.limited(by: limits), over: transport, seed: scope.seed, now: now, canFallBack: canFallBack,
      overrides: .everyLimit)
    let collected = try await sweep.collect(
      { attempt in terminals[attempt.terminal].map { Self.answer(of: $0, in: attempt, hosts) } },
      by: plan.catalogue, signals: signals, events: events)
    let sites = Dictionary(fleet.sites.map { ($0.id, $0) }) { first, _ in first }
    let asked = zip(plan.inventory.terminals, plan.dispositions).filter { $1.isContact }.map(\.0)
    let report = KeyScanReport(
      of: fleet,
      asked.map { terminal in
        let hold = collected.hold(on: terminal)
        let answer =
          (collected.values[terminal.id] ?? nil) ?? hold.map { .none(.unreachable, $0.cause) } ?? .none(.pending, "")
        return gateways[terminal.id].map { KeyScanReport.Host($0, answer) }
          ?? KeyScanReport.Host(terminal, at: sites[terminal.site], answer)
      }, started: started, tool: tool, isWhole: collected.isWhole)
    return KeyScanResult(ending: collected.ending, report: report)
  }

  /// A key that was shown is held against the record here: the transport's word for it has no room for both
  /// fingerprints.
  private static func answer(
    of terminal: Terminal, in attempt: Attempt, _ hosts: KnownHosts
  ) -> KeyScanReport.Host.Answer {
    guard attempt.outcome == .inspected, let shown = attempt.hostKey else {
      return .none(attempt.outcome, attempt.reason)
    }
    if shown.standing == .recorded { return .onRecord(type: shown.type, fingerprint: shown.fingerprint) }
    guard let key = shown.blob.flatMap({ HostKey(blob: $0) }), key.type == shown.type else {
      return .none(.hostile, "it showed a host key that cannot be read")
    }
    let record = hosts.record(host: terminal.address, port: terminal.port, pinned: terminal.pinnedKeys)
    return switch record.verdict(on: key) {
    case .recorded: .onRecord(type: key.type, fingerprint: key.fingerprint)
    case .unknown: .new(key)
    case .mismatch(let what), .revoked(let what): .different(key, what)
    }
  }
}
