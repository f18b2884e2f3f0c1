internal import TenkenAnalysis
internal import TenkenChecks
internal import TenkenInventory
internal import TenkenJournal
package import TenkenModel
internal import TenkenPlan
internal import TenkenReport

/// One sweep as its journal has it, running or not: read again with the readers that read its inputs first.
package struct SweepArchive {
  /// As amended: what it says of inventory and catalogue is so since the last amendment.
  package let manifest: SweepManifest
  /// All that the sweep accounts for: what is listed, and what was until an amendment.
  package let inventory: Inventory
  package let catalogue: Catalogue
  /// What is listed since the last amendment, or since the sweep began.
  let listed: Inventory
  /// Checks that the sweep ran until an amendment.
  let retired: [Check]
  let amendments: [Amendment]
  /// All that the sweep knows or knew, so that none is forgotten by what looks back.
  var allChecks: [Check] { catalogue.checks + retired }
  let journal: JournalReader

  /// - Parameter reference: an id, the beginning of one, a name, or `latest`.
  init(_ reference: String, in state: StateDirectory) throws {
    try self.init(JournalReader(in: state, sweep: try state.resolve(reference)))
  }

  init(_ journal: JournalReader) throws {
    self.journal = journal
    let founding = try journal.manifest()
    var amendments = try journal.amendments()
    var (inventory, catalogue) = try Self.inputs(
      try (journal.inventorySources(), journal.catalogueSources()), of: founding)
    var (listed, retired) = (inventory, [Check]())
    for (index, amendment) in amendments.enumerated() {
      let before = (inventory: listed, catalogue: catalogue)
      (listed, catalogue) = try Self.inputs(
        try journal.sources(of: amendment.number), of: founding.amended(by: amendment))
      inventory = listed.keeping(inventory)
      retired = (retired + before.catalogue.checks).filter { [catalogue] in catalogue[$0.id] == nil }
      amendments[index].files =
        listed.sources.paths(otherThan: before.inventory.sources)
        + catalogue.sources.paths(otherThan: before.catalogue.sources)
    }
    manifest =
      amendments.last.map { [inventory] in
        founding.amended(by: $0, terminals: inventory.terminals.count)
      } ?? founding
    self.amendments = amendments
    (self.inventory, self.catalogue, self.listed, self.retired) = (inventory, catalogue, listed, retired)
  }

  /// The journal's copies, which must be what the manifest says that the sweep began or went on with.
  private static func inputs(
    _ sources: (inventory: SourceFiles, catalogue: SourceFiles), of manifest: SweepManifest
  ) throws -> (Inventory, Catalogue) {
    let (inventory, catalogue): (Inventory, Catalogue)
    do {
      inventory = try InventoryReader.parse(sources.inventory)
      catalogue = try CatalogueReader.parse(sources.catalogue)
    } catch {
      throw Failure(
        .badInput, "cannot read the inputs of sweep \(manifest.id) again", why: "\(error)",
        next: "They were read by \(manifest.tool): use that version of Tenken.")
    }
    for (name, found, recorded) in [
      ("inventory", inventory.digest, manifest.inventoryDigest),
      ("catalogue", catalogue.digest, manifest.catalogueDigest),
    ] where found != recorded {
      throw Failure(
        .badInput, "the journal of sweep \(manifest.id) does not verify",
        why: "its \(name) has the digest \(found.short), the sweep began with \(recorded.short)",
        next: "Somebody changed it. Keep the file as evidence, and sweep again.")
    }
    return (inventory, catalogue)
  }

  /// The plan of what is left to do, and of what is to be done again.
  ///
  /// - Parameter outcomes: terminals that ended with one of these are contacted once more.
  func plan(retrying outcomes: Set<Outcome> = []) throws -> Plan {
    var settled = try journal.settled()
    if !outcomes.isEmpty {
      var attempts: [ID<Terminal>: Int] = [:]
      try journal.forEachRecord { attempts[$0.terminal] = $0.attempts }
      let gone = Set(inventory.terminals.map(\.id)).subtracting(listed.terminals.map(\.id))
      settled = settled.reopening(outcomes, attempts: attempts, except: gone)
    }
    return try Planner.plan(
      inventory: inventory, catalogue: catalogue, scope: manifest.scope, isSelected: { _ in true }, settled: settled)
  }

  /// What every terminal of the inventory would be given if all were selected.
  private func wholePlan() throws -> Plan {
    try Planner.plan(inventory: inventory, catalogue: catalogue, scope: manifest.scope, isSelected: { _ in true })
  }

  /// The checks that this sweep runs, over all its terminals, sorted by id.
  func checks() throws -> [Check] { try wholePlan().checks }

  func assessment() throws -> Assessment {
    let plan = try wholePlan()
    var assessor = Assessor(
      inventory: inventory, checks: plan.checks, retired: retired, catalogue: catalogue.checks,
      planned: PlannedChecks(sets: plan.checkSets.map { $0.map(\.id) }, choice: plan.dispositions.map(\.checkSet)),
      conditions: try journal.conditions())
    try journal.forEachRecord { assessor.add($0) }
    return assessor.finish()
  }

  /// - Throws: `usage` for a site that is not in the inventory.
  func site(called text: String) throws(Failure) -> ID<Site> {
    if let id = ID<Site>(text), inventory.sites.contains(where: { $0.id == id }) { return id }
    throw Failure(
      .usage, "no site is called \(text.quoted)", why: "the inventory of sweep \(manifest.id) does not list it",
      next: "It has: \(inventory.sites.map(\.id.rawValue).joined(separator: ", ")).")
  }

  /// - Parameter only: the sites that the report is of; empty for all of them.
  /// - Throws: `usage` for a site that is not in the inventory.
  func report(only: [String] = []) throws -> Report {
    let sites = Set(try only.map { try site(called: $0) })
    let runs = try journal.runs()
    return Report(
      manifest: manifest, inventory: inventory, catalogue: catalogue, retired: retired, assessment: try assessment(),
      amendments: amendments, runs: runs.count, overriding: runs.filter { !$0.overrides.isEmpty },
      only: sites.isEmpty ? nil : sites)
  }
}

extension Plan.Disposition {
  /// A plan in which everybody is selected and nothing is settled has no other kind.
  fileprivate var checkSet: Int { if case .inspect(let set, _, _) = self { set } else { 0 } }
}

extension Plan {
  /// Every check that some terminal is given, sorted by id.
  fileprivate var checks: [Check] {
    var seen: Set<ID<Check>> = []
    return checkSets.joined().filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
  }
}
