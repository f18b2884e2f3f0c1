internal import TenkenModel

/// Which files belong to an inventory.
enum InventoryFiles {
  static let knownHosts = "known_hosts"

  /// Files that a later version will read. To leave one unread in silence would be dangerous: a person relies on it.
  private static let later = [
    "policy.yaml": "flow policy"
  ]

  private static let known = [FleetFile.path, SitesFile.path, knownHosts, ProfilesFile.path, WaiversFile.path]

  static func belongs(_ path: String) -> Bool {
    known.contains(path) || TerminalFiles.has(path)
  }

  /// Names that say nothing of the fleet: `README.md`, `.git`.
  static func isIgnored(_ name: String) -> Bool { name.hasPrefix("README") || name.hasPrefix(".") }

  static func refuseOthers(_ sources: SourceFiles, _ log: inout ProblemLog) {
    for file in sources.files where !belongs(file.path) {
      if let what = later[file.path] {
        log.add(
          file.path, nil, "\(what) cannot be read by this version of Tenken",
          fix: "move the file out of the inventory, and know that it has no effect")
      } else {
        log.add(file.path, nil, "no file of an inventory", fix: advice(file.path))
      }
    }
  }

  private static func advice(_ path: String) -> String {
    if path.hasPrefix(TerminalFiles.directory) { return "remove it, or name it terminals/SITE.csv" }
    if path.hasSuffix(".csv") { return "move it to terminals/, or remove it" }
    return NearestWord.to(path, among: known).map { "rename it to \($0), or remove it" } ?? "remove it"
  }
}
