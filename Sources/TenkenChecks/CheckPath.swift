import TenkenModel

/// Where one check's files stand among the sources.
struct CheckPath: Hashable {
  /// The name of the check's directory, or of a script of the command line.
  let name: String
  /// Whether it came by `--script`, not from a directory of checks.
  let isLoose: Bool

  /// The directory among the sources that scripts of the command line are kept under.
  static let loose = "script"

  var script: String { isLoose ? "\(Self.loose)/\(name)" : "\(name)/check.sh" }
  var sidecar: String { script + ".meta" }

  /// For messages: `checks/log.wtmp/check.sh`.
  func file(in sources: SourceFiles) -> String {
    isLoose || sources.origin.isEmpty ? script : "\(sources.origin)/\(script)"
  }

  /// Every check among the sources, once, also where its script is missing.
  static func scripts(of sources: SourceFiles) -> [CheckPath] {
    var seen: Set<CheckPath> = []
    return sources.files.compactMap { file in
      let parts = file.path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { return nil }
      let path =
        parts[0] == loose ? CheckPath(name: parts[1], isLoose: true) : CheckPath(name: parts[0], isLoose: false)
      return seen.insert(path).inserted ? path : nil
    }
  }
}
