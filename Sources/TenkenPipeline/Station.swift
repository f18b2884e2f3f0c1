internal import TenkenJournal
package import TenkenModel
internal import TenkenReport

/// The machine that Tenken runs on, with the sweeps that it keeps: every command begins here.
package struct Station: Sendable {
  let state: StateDirectory
  /// The version of Tenken, for the journal: `0.1.0`.
  let tool: String
  let now: @Sendable () -> Timestamp

  /// - Parameter state: the directory in which sweeps are kept.
  package init(state: String, tool: String, now: @escaping @Sendable () -> Timestamp) {
    self.state = StateDirectory(path: state)
    self.tool = tool
    self.now = now
  }

  /// Makes the state directory where it is missing.
  ///
  /// - Throws: 73 where it cannot be made or written to, 77 where it is not the user's own.
  package func prepare() throws(Failure) { try state.prepare() }

  /// All sweeps, the newest first, as a table or as JSON lines; `nil` where there are none.
  package func sweeps(json: Bool) throws -> String? {
    let sweeps = try state.sweeps()
    let page = SweepsPage(sweeps)
    return json ? page.jsonLines : sweeps.isEmpty ? nil : page.text
  }

  /// - Parameter reference: an id, the beginning of one, a name, or `latest`.
  package func archive(_ reference: String) throws -> SweepArchive { try SweepArchive(reference, in: state) }

  /// - Throws: `Failure` where the scope asks for what is not there.
  package func newSweep(of inventory: Inventory, with catalogue: Catalogue, scope: Scope) throws -> NewSweep {
    try NewSweep(inventory: inventory, catalogue: catalogue, scope: scope, in: state)
  }

  /// - Parameter catalogue: what a sweep would run.
  /// - Throws: `Failure` where the scope asks for what is not there.
  package func probe(of inventory: Inventory, for catalogue: Catalogue, scope: Scope) throws -> Probe {
    try Probe(of: inventory, for: catalogue, scope: scope, in: state, tool: tool, now: now)
  }

  /// - Throws: `Failure` where the scope asks for what is not there.
  package func keyScan(of inventory: Inventory, scope: Scope) throws -> KeyScan {
    try KeyScan(of: inventory, scope: scope, in: state, tool: tool, now: now)
  }

  /// Puts everything that a resume will need on the disk; the sweep is this process's from then on.
  package func begin(_ sweep: NewSweep) throws -> SweepConduct {
    try SweepConduct(sweep.plan, scope: sweep.scope, journal: sweep.begin(in: state, tool: tool, at: now()), now: now)
  }

  /// Goes on with a sweep from what its journal has.
  ///
  /// - Parameters:
  ///   - reference: `nil` for the newest unfinished sweep or, with outcomes to retry, for the latest one.
  ///   - outcomes: terminals that ended with one of these are contacted once more.
  ///   - overrides: limits that a person has decided to go beyond.
  ///   - amend: whether to go on with what the sweep was planned from as it is now, where that has changed, and to
  ///     record it. By default such a sweep is left alone.
  /// - Throws: 66 where nothing is left to do, 75 where another process owns the sweep, 65 where it does not verify, or
  ///   its inputs have changed, 64 for a limit of a site that it does not have.
  package func resume(
    _ reference: String?, retrying outcomes: Set<Outcome> = [], overriding overrides: Set<LimitOverride> = [],
    amend: Bool = false
  ) throws -> SweepConduct {
    if outcomes.contains(.hostKeyUnknown), !amend {
      throw Failure(
        .usage, "cannot retry host-key-unknown", why: "a sweep goes on with the known_hosts that it began with",
        next:
          "With --amend it takes those that are there now. Or begin a new one: "
          + "tenken sweep --inventory DIR --select 'outcome:host-key-unknown@\(reference ?? "latest")'.")
    }
    let reference = reference ?? (outcomes.isEmpty ? nil : "latest")
    let sweep = try unfinished(reference)
    let journal = try Journal.open(in: state, sweep: sweep, at: now(), tool: tool) { reader throws(Failure) in
      try amendment(of: reader, amend: amend, retrying: outcomes, overriding: overrides)
    }
    do {
      let archive = try SweepArchive(journal.reader)
      let plan = try archive.plan(retrying: outcomes)
      guard plan.dispositions.contains(where: \.isContact) else { throw Self.nothingToDo(in: archive.manifest.id) }
      try journal.override(overrides)
      return SweepConduct(
        plan, scope: archive.manifest.scope, journal: journal, overrides: overrides, now: now)
    } catch {
      try? journal.finishRun(.failed, at: now())
      journal.close()
      throw error
    }
  }

  static func nothingToDo(in sweep: ID<SweepManifest>) -> Failure {
    Failure(
      .noSuchInput, "there is nothing to do in sweep \(sweep)",
      why: "every terminal that was selected has its outcome, and none of those that were to be retried",
      next: "`tenken status \(sweep)` shows them; `tenken resume \(sweep) --retry unreachable` contacts some again.")
  }

  private func unfinished(_ reference: String?) throws(Failure) -> ID<SweepManifest> {
    if let reference { return try state.resolve(reference) }
    if let newest = try state.newestUnfinished() { return newest }
    throw Failure(
      .noSuchInput, "there is nothing to resume", why: "no sweep in \(state.path) is unfinished",
      next: "`tenken sweeps` lists them; `tenken resume SWEEP` names one.")
  }

  /// The terminals of an inventory that a selection means.
  package func list(_ inventory: Inventory, select: String, as format: ListFormat) throws -> String {
    let selected = try SelectedTerminals(select, of: inventory, in: state)
    return try TerminalList(inventory.terminals.indices.filter(selected.contains).map { inventory.terminals[$0] })
      .text(as: format)
  }

  /// For `tenken doctor`.
  package static var libraryVersion: String { "SQLite \(Journal.sqliteVersion)" }
}
