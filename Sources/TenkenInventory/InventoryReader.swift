internal import TenkenCrypto
package import TenkenModel

/// Reads an inventory: the files of a directory, and then what they say. `inventories/README.md` documents every key.
package enum InventoryReader {
  /// The files of a directory: `fleet.yaml`, `sites.yaml`, `terminals/*.csv`, and where there are any `policy.yaml`,
  /// `profiles.yaml`, `waivers.yaml` and `known_hosts`. Files that belong to no
  /// inventory are listed without their bytes, for `parse` to refuse; `README*` and names with a dot before them are
  /// left out.
  ///
  /// - Throws: `noSuchInput` where there is no directory or no `fleet.yaml`, `permissions` where one may not be read,
  ///   `inputOutput` for any other reason.
  package static func read(directory: String) throws(Failure) -> SourceFiles {
    try InventoryDirectory(directory).files()
  }

  /// What the files say; no I/O.
  ///
  /// - Throws: every problem of every file.
  package static func parse(_ sources: SourceFiles) throws(InputProblems) -> Inventory {
    var log = ProblemLog(origin: sources.origin)
    InventoryFiles.refuseOthers(sources, &log)
    let fleet = FleetFile(sources, &log)
    let sites = SitesFile(sources, fleet: fleet, &log)
    let terminals = sites.map { Self.terminals(sources, $0, fleet, &log) } ?? []
    let reader = SelectionReader(terminals: terminals, sites: sites?.entries.map(\.site) ?? [])
    let isWhole = log.count == 0
    // Selections are held against the terminals: of those that could not be read they would say too much.
    let profiles = isWhole ? ProfilesFile(sources, reader, &log).profiles : []
    let waivers = isWhole ? WaiversFile(sources, reader, &log).waivers : []
    let policy = PolicyFile.policy(sources, sites: sites, &log)
    try log.check()
    // Whatever has a tag was read, now that nothing else is wrong.
    fleet?.refuseUnusedTags(of: terminals, &log)
    try log.check()
    // The log is empty, so both files were read.
    guard let fleet, let sites else { throw InputProblems([]) }
    var inventory = Inventory(
      name: fleet.name, sites: sites.entries.map(\.site), gateways: sites.gateways.entries.map(\.gateway),
      terminals: terminals, credentials: fleet.credentials.credentials, limits: fleet.limits, sources: sources,
      digest: sources.digest)
    (inventory.profiles, inventory.waivers) = (profiles, waivers)
    inventory.flows = policy
    return inventory
  }

  /// Not read where the sites could not be: every row would have an unknown one.
  private static func terminals(
    _ sources: SourceFiles, _ sites: SitesFile, _ fleet: FleetFile?, _ log: inout ProblemLog
  ) -> [Terminal] {
    let before = log.count
    var files = TerminalFiles(sites: sites)
    for file in sources.files where TerminalFiles.has(file.path) { files.read(file, &log) }
    if files.list.rows == 0, log.count == before {
      log.add(
        TerminalFiles.directory, nil, "there is no terminal",
        fix: "write terminals/SITE.csv with the columns id,address and a row a terminal")
    }
    let implicit = files.list.usedSites.filter { $0.defaults.credential == SiteDefaults.implicitCredential }
    fleet?.credentials.demandImplicit(for: implicit.map(\.site.id.rawValue), &log)
    return files.list.terminals
  }
}
