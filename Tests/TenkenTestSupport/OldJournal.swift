package import Foundation

/// A sweep as an older Tenken left it: a rehearsal of sixteen terminals at two sites that was killed while one retry
/// was waiting. Thirteen terminals were inspected, one refused the login, one was not selected, one is pending.
package enum OldJournal {
  package static let sweep = "20261124-091833-saky"
  /// By the version of its schema. The second was killed alike; it has conditions of a site besides.
  package static let sweeps = [1: sweep, 2: "20261124-132735-z3v3"]

  /// The file of the journal in a state directory of its own in `directory`.
  package static func restored(version: Int, in directory: URL) throws -> (state: String, file: String) {
    let original = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Journals/v\(version).sqlite")
    let state = directory.appending(path: "state")
    let sweeps = state.appending(path: "sweeps/\(sweeps[version, default: sweep])")
    try FileManager.default.createDirectory(
      at: sweeps, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let file = sweeps.appending(path: "journal.sqlite")
    try FileManager.default.copyItem(at: original, to: file)
    return (state.path, file.path)
  }
}
