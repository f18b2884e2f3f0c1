internal import TenkenModel

/// Which files belong to an inventory.
enum InventoryFiles {
  static let knownHosts = "known_hosts"

  private static let known = [
    FleetFile.path, SitesFile.path, knownHosts, PolicyFile.path, ProfilesFile.path, WaiversFile.path,
  ]

  static func belongs(_ path: String) -> Bool {
    known.contains(path) || TerminalFiles.has(path)
  }

  /// Names that say nothing of the fleet: `README.md`, `.git`.
  static func isIgnored(_ name: String) -> Bool { name.hasPrefix("README") || name.hasPrefix(".") }

  static func refuseOthers(_ sources: SourceFiles, _ log: inout ProblemLog) {
    for file in sources.files where !belongs(file.path) {
      log.add(file.path, nil, "no file of an inventory", fix: advice(file.path))
    }
  }

  private static func advice(_ path: String) -> String {
    if path.hasPrefix(TerminalFiles.directory) { return "remove it, or name it terminals/SITE.csv" }
    if path.hasSuffix(".csv") { return "move it to terminals/, or remove it" }
    return NearestWord.to(path, among: known).map { "rename it to \($0), or remove it" } ?? "remove it"
  }
}
