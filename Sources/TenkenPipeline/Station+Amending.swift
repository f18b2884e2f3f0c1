internal import TenkenJournal
internal import TenkenModel
internal import TenkenPlan

extension Station {
  /// What a sweep is to be amended by; `nil` where nothing that it was planned from has changed.
  ///
  /// - Throws: 65 where something has, and the sweep is not to be amended, and all that a resume is refused for: an
  ///   amendment stays.
  func amendment(
    of journal: JournalReader, amend: Bool, retrying outcomes: Set<Outcome>, overriding overrides: Set<LimitOverride>
  ) throws(Failure) -> AmendedInputs? {
    do {
      let archive = try SweepArchive(journal)
      let changes = try InputChanges(since: archive)
      let added = Set(changes?.inventory.sites.map(\.id) ?? [])
      for site in overrides.compactMap(\.site) where !added.contains(site) {
        _ = try archive.site(called: site.rawValue)
      }
      guard let changes else { return nil }
      guard amend else { throw Self.refusal(changes, archive.manifest.id) }
      let inputs = try inputs(of: changes, archive)
      let settled = try journal.settled()
      guard !outcomes.isEmpty || changes.leavesWork(by: inputs, after: settled) else {
        throw Self.nothingToDo(in: archive.manifest.id)
      }
      return inputs
    } catch let failure as Failure {
      throw failure
    } catch let problems as InputProblems {
      throw Failure(
        .badInput, "the checks as they are now are sent nowhere", why: "\(problems)",
        next: "Correct them: what could pass by accident or leave a trace is refused here as it is by sweep.")
    } catch {
      throw Failure(
        .bug, "cannot compare what sweep \(journal.sweep) was planned from", why: "\(error)", next: "Report this.")
    }
  }

  /// Nothing is recorded that could not be gone on with.
  private func inputs(of changes: InputChanges, _ archive: SweepArchive) throws -> AmendedInputs {
    let scope = archive.manifest.scope
    _ = try Inputs.expectSendable(changes.catalogue)
    let plan = try Planner.plan(
      inventory: changes.inventory, catalogue: changes.catalogue, scope: scope, isSelected: { _ in true })
    try plan.expectKnownZones(at: now())
    let selected = try SelectedTerminals(scope.selection, of: changes.inventory, in: state)
    return changes.inputs(after: try archive.journal.settled(), isSelected: selected.contains)
  }

  private static func refusal(_ changes: InputChanges, _ sweep: ID<SweepManifest>) -> Failure {
    Failure(
      .badInput, "what sweep \(sweep) was planned from has changed", why: changes.text,
      next: "`tenken resume \(sweep) --amend` goes on with what is there now and records it. To go on as it began, put "
        + "back what was there.")
  }
}
