import Foundation
import Testing

/// The command line is a contract: its help is kept as files, and a change of it shows in a diff.
///
/// `TENKEN_RECORD=1 swift test --filter HelpSnapshotTests` writes them anew.
struct HelpSnapshotTests {
  private static let snapshots = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")

  @Test(arguments: [
    [], ["keyscan"], ["probe"], ["sweep"], ["resume"], ["status"], ["sweeps"], ["list"], ["show"], ["findings"],
    ["report"],
    ["inventory"],
    ["inventory", "check"], ["inventory", "list"], ["inventory", "generate"], ["checks"], ["checks", "list"],
    ["checks", "show"], ["checks", "lint"], ["checks", "test"], ["checks", "import"], ["doctor"], ["verify"],
  ])
  func `help is as it was recorded`(command: [String]) async throws {
    let world = CapturedWorld()
    #expect(await world.run(command + ["--help"]) == 0)
    let file = Self.snapshots.appending(path: (["tenken"] + command).joined(separator: "-") + ".txt")
    if ProcessInfo.processInfo.environment["TENKEN_RECORD"] == "1" {
      try world.output.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(world.output == (try? String(contentsOf: file, encoding: .utf8)))
  }
}
