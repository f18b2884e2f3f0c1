import TenkenModel

/// Where one check's files stand among the sources.
struct CheckPath: Hashable {
  /// The name of the check's directory, or of a script of the command line.
  let name: String
  /// Whether it came by `--script`, not from a directory of checks.
  let isLoose: Bool
  /// The script's file in that directory.
  let file: String

  /// The directory among the sources that scripts of the command line are kept under.
  static let loose = "script"
  /// What a check's script is called, unless somebody else named it.
  static let usualFile = "check.sh"
  /// What the sidecar of a script is called, after the script's name.
  static let sidecarEnding = ".meta"

  init(name: String, isLoose: Bool, file: String = Self.usualFile) {
    (self.name, self.isLoose, self.file) = (name, isLoose, isLoose ? name : file)
  }

  var script: String { isLoose ? "\(Self.loose)/\(name)" : "\(name)/\(file)" }
  var sidecar: String { script + Self.sidecarEnding }

  /// For messages: `checks/log.wtmp/check.sh`.
  func file(in sources: SourceFiles) -> String {
    isLoose || sources.origin.isEmpty ? script : "\(sources.origin)/\(script)"
  }

  /// Every check among the sources, once, also where its script is missing.
  ///
  /// In a directory without a `check.sh` the script is the file that the first sidecar there belongs to.
  static func scripts(of sources: SourceFiles) -> [CheckPath] {
    var order: [CheckPath] = []
    var files: [String: [String]] = [:]
    for file in sources.files {
      let parts = file.path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { continue }
      if parts[0] == loose {
        order.append(CheckPath(name: parts[1], isLoose: true))
      } else if files.updateValue((files[parts[0]] ?? []) + [parts[1]], forKey: parts[0]) == nil {
        order.append(CheckPath(name: parts[0], isLoose: false))
      }
    }
    return order.map { path in
      path.isLoose ? path : CheckPath(name: path.name, isLoose: false, file: script(among: files[path.name] ?? []))
    }
  }

  private static func script(among files: [String]) -> String {
    if files.contains(usualFile) { return usualFile }
    let sidecar = files.first { $0.hasSuffix(sidecarEnding) && $0 != usualFile + sidecarEnding }
    return sidecar.map { String($0.dropLast(sidecarEnding.count)) } ?? usualFile
  }
}
