import Foundation
import TenkenTestSupport

/// A rehearsal of a generated fleet by the built program: nothing is contacted, and the journal is the real one.
struct Rehearsed: Sendable {
  let directory: String
  let state: String

  static func with<Value>(terminals: Int, _ body: (Rehearsed) async throws -> Value) async throws -> Value {
    try await withTemporaryDirectory { directory in
      let rehearsed = Rehearsed(directory: directory.path, state: directory.path + "/state")
      let generate = Program.tenken(["inventory", "generate", rehearsed.fleet, "--terminals", "\(terminals)"])
      guard try await generate.run().status == 0 else { throw NotGenerated() }
      try CheapChecks.write(to: rehearsed.checks)
      return try await body(rehearsed)
    }
  }

  struct NotGenerated: Error {}

  /// The same with its sweeps kept elsewhere.
  func kept(in state: String) -> Rehearsed { Rehearsed(directory: directory, state: state) }

  func sweep(_ options: [String] = []) -> Program {
    .tenken(
      [
        "sweep", "--inventory", fleet, "--state", state, "--transport", "rehearsal", "--checks", checks,
        "--no-progress",
      ]
        + options)
  }

  func resume(_ options: [String] = []) -> Program {
    .tenken(["resume", "--state", state, "--no-progress"] + options)
  }

  func verify() async throws -> Finished { try await Program.tenken(["verify", "--state", state]).run() }

  func list(_ selection: String) async throws -> Set<String> {
    let list = try await Program.tenken(["list", "--state", state, "--select", selection, "-o", "ids"]).run()
    return Set(list.stdout.split(separator: "\n").map(String.init))
  }

  /// The path of the journal of the only sweep.
  var journal: String {
    get throws {
      let sweeps = try FileManager.default.contentsOfDirectory(atPath: state + "/sweeps")
      return "\(state)/sweeps/\(sweeps[0])/journal.sqlite"
    }
  }

  private var fleet: String { directory + "/fleet" }
  private var checks: String { directory + "/checks" }
}

extension Finished {
  /// Terminals of which `--json` has said that their outcome is on the disk.
  var acknowledged: Set<String> {
    var terminals: Set<String> = []
    // The last line may have been cut off.
    for line in stdout.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        object["event"] as? String == "recorded", object["final"] as? Bool == true,
        let terminal = object["terminal"] as? String
      else { continue }
      terminals.insert(terminal)
    }
    return terminals
  }
}
