internal import TenkenCrypto
internal import TenkenJournal
package import TenkenModel
internal import TenkenSweep
package import TenkenTransport

/// Conducts one run of a sweep that this process owns: contacts what its plan still asks for, judges what comes back,
/// and keeps it.
package struct SweepConduct: Sendable {
  package let plan: Plan
  package let scope: Scope
  private let overrides: Set<LimitOverride>
  private let journal: Journal
  private let now: @Sendable () -> Timestamp

  /// - Parameter overrides: limits that a person has decided to go beyond.
  init(
    _ plan: Plan, scope: Scope, journal: Journal, overrides: Set<LimitOverride> = [],
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.plan = plan
    self.scope = scope
    self.overrides = overrides
    self.journal = journal
    self.now = now
  }

  /// Tells findings as they are recorded.
  package var findings: FindingWatch {
    FindingWatch(plan.inventory, checks: plan.catalogue.checks, sweep: sweep, over: scope.transport)
  }

  /// Terminals that this run is to contact.
  package var planned: Int { plan.dispositions.count { $0.isContact } }

  package var sweep: ID<SweepManifest> { journal.sweep }

  /// Runs until every terminal has its outcome, or until a signal stops it. Whatever ends it, what was recorded stays.
  ///
  /// - Parameters:
  ///   - limits: those of the plan, or lower ones.
  ///   - client: who speaks to the terminals of a site that says nothing of it.
  ///   - canFallBack: whether the transport has the system's ssh for terminals that Tenken's own client cannot speak to.
  ///   - newKeys: what the transport takes new host keys by; it learns those that the sweep has taken before.
  /// - Throws: `Failure` where the journal can take no more.
  package func run(
    over transport: AnyTransport, limits: Limits, client: SSHClient = .builtIn, canFallBack: Bool = false,
    newKeys: AcceptedHostKeys? = nil, signals: AsyncStream<SweepSignal>,
    events: @Sendable (SweepEvent) -> Void
  ) async throws -> SweepResult {
    try plan.expectKnownZones(at: now())
    let checks = Dictionary(uniqueKeysWithValues: plan.catalogue.checks.map { ($0.id, $0) })
    let journal = journal
    newKeys?.remember(try journal.reader.newHostKeys().mapValues(\.fingerprint))
    let sweep = Sweep(
      plan.limited(by: limits), over: transport, seed: scope.seed, now: now, client: client, canFallBack: canFallBack,
      doubts: Doubts(SiteHold.open(in: try journal.reader.conditions())), overrides: overrides)
    journal.tellInFlight { sweep.inFlight.contacts }
    let ending = try await sweep.run(
      signals: signals,
      recording: { run in
        let attempt = Attempt(judging: run, by: checks)
        try await journal.record(attempt)
        return attempt
      },
      holding: { try await journal.record($0) }, events: events)
    try journal.finishRun(SweepRun.Ending(ending), at: now())
    return SweepResult(ending: ending, report: try SweepArchive(journal.reader).report())
  }

  /// Gives the sweep up for others to own.
  package func close() { journal.close() }
}

extension SweepRun.Ending {
  fileprivate init(_ ending: SweepEnding) {
    switch ending {
    case .finished: self = .finished
    case .drained: self = .drained
    case .waiting: self = .waiting
    case .stopped: self = .stopped
    }
  }
}

/// Each terminal through the client that its site asks for, or that it needs.
///
/// - Parameter openSSH: `nil` where the station has no ssh(1).
package func routed(builtIn: AnyTransport, openSSH: AnyTransport?) -> AnyTransport {
  TransportRouter(builtIn: builtIn, openSSH: openSSH)
}

/// What a sweep runs over. The command line chooses one and hands it on; it calls nothing of it.
package typealias AnyTransport = any Transport

/// The host keys that a sweep takes on first sight.
package typealias AcceptedHostKeys = NewHostKeys

extension Scope {
  /// `nil` where the sweep takes only keys that are on record.
  package func acceptedHostKeys() -> AcceptedHostKeys? { recordsNewKeys ? NewHostKeys() : nil }
}
