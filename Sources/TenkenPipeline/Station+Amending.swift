internal import TenkenJournal
internal import TenkenModel
internal import TenkenPlan

extension Station {
  /// What a sweep is to be amended by; `nil` where nothing that it was planned from has changed.
  ///
  /// - Throws: 65 where something has, and the sweep is not to be amended.
  func amendment(of journal: JournalReader, amend: Bool) throws(Failure) -> AmendedInputs? {
    do {
      let archive = try SweepArchive(journal)
      guard let changes = try InputChanges(since: archive) else { return nil }
      guard amend else { throw Self.refusal(changes, archive.manifest.id) }
      let scope = archive.manifest.scope
      // Nothing is recorded that could not be gone on with.
      _ = try Planner.plan(
        inventory: changes.inventory, catalogue: changes.catalogue, scope: scope, isSelected: { _ in true })
      let selected = try SelectedTerminals(scope.selection, of: changes.inventory, in: state)
      return changes.inputs(after: try journal.settled(), isSelected: selected.contains)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        .bug, "cannot compare what sweep \(journal.sweep) was planned from", why: "\(error)", next: "Report this.")
    }
  }

  private static func refusal(_ changes: InputChanges, _ sweep: ID<SweepManifest>) -> Failure {
    Failure(
      .badInput, "what sweep \(sweep) was planned from has changed", why: changes.text,
      next: "`tenken resume \(sweep) --amend` goes on with what is there now and records it. To go on as it began, put "
        + "back what was there.")
  }
}
