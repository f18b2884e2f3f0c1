internal import Foundation

/// A shell that a terminal may have as its `sh`, and the programs that it may have beside it.
package enum TrialShell: String, Sendable, CaseIterable {
  case dash, bash, mksh, busybox
  /// A terminal on which everything is busybox: no coreutils, no mawk, no GNU find.
  case onlyBusybox = "busybox-only"

  /// Where its program is on `path`, a list of directories as in `PATH`; `nil` where it is not installed.
  package func program(on path: String) -> String? {
    let name = self == .onlyBusybox ? "busybox" : rawValue
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
