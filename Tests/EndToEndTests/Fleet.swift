import Foundation
import TenkenTestSupport

/// Real OpenSSH servers on loopback, one a terminal, with an inventory that describes them: `scripts/fleet`.
struct Fleet: Sendable {
  struct Terminal: Sendable {
    let id: String
    let site: String
    let address: String
    /// A word of scripts/fleet: `answers`, `refuses`, `hangs`, ...
    var behaviour = "answers"
  }

  let directory: URL
  let terminals: [Terminal]

  var inventory: String { directory.appending(path: "inventory").path }

  /// Starts the servers, lends them to `body`, and ends them.
  static func with<Value>(
    _ terminals: [Terminal], limits: [String: String], _ body: (Fleet) async throws -> Value
  ) async throws -> Value {
    try await withTemporaryDirectory { directory in
      let fleet = Fleet(directory: directory, terminals: terminals)
      try fleet.writeTable()
      // Whatever happens, a cancelled test included, the servers are ended.
      defer { _ = try? runTool(Self.script, "stop", fleet.servers) }
      let started = try await Program(path: Self.script, arguments: ["start", fleet.servers, fleet.table]).run()
      guard started.status == 0 else { throw NotStarted(message: started.stderr) }
      return try await body(fleet.described(limits))
    }
  }

  var state: String { path("state") }

  /// Of this fleet, with the cheap checks.
  func sweep(_ options: [String] = [], state: String? = nil) -> Program {
    .tenken(
      ["sweep", "--inventory", inventory, "--state", state ?? self.state, "--checks", path("checks")] + options)
  }

  /// The ids that `tenken list --select` names; none while there is no sweep.
  func terminals(selected: String, state: String? = nil) async throws -> [String] {
    let list = try await Program.tenken(
      ["list", "--state", state ?? self.state, "--select", selected, "-o", "ids"]).run()
    return list.stdout.split(separator: "\n").map(String.init)
  }

  /// What the newest sweep knows of every terminal; empty while there is none.
  func report(state: String? = nil) async throws -> [ReportedTerminal] {
    let state = state ?? self.state
    // A directory holds the reports of one sweep.
    let output = state + ".report"
    let report = try await Program.tenken(
      ["report", "--state", state, "--output", output, "--format", "jsonl"]).run()
    return report.status == 0 ? try ReportedTerminal.all(inReport: output + "/report.jsonl") : []
  }

  func path(_ name: String) -> String { directory.appending(path: name).path }

  // MARK: The servers

  private var servers: String { path("servers") }
  private var table: String { path("table") }

  private func writeTable() throws {
    let lines = terminals.map { "\($0.id) \($0.address) \($0.behaviour)\n" }
    try lines.joined().write(toFile: table, atomically: true, encoding: .utf8)
  }

  private static let script = Program.repository.appending(path: "scripts/fleet").path

  struct NotStarted: Error { let message: String }

  // MARK: The inventory

  private func described(_ limits: [String: String]) throws -> Fleet {
    let files = FileManager.default
    try files.createDirectory(atPath: inventory + "/terminals", withIntermediateDirectories: true)
    try files.copyItem(atPath: servers + "/known_hosts", toPath: inventory + "/known_hosts")
    let port = try String(contentsOfFile: servers + "/port", encoding: .utf8)
    let fleet = """
      name: end-to-end
      defaults: {port: \(port.trimmingCharacters(in: .whitespacesAndNewlines)), credential: inspection}
      limits: {\(limits.map { "\($0): \($1)" }.sorted().joined(separator: ", "))}
      credentials: {inspection: {user: \(NSUserName()), identity: "\(servers)/id_ed25519"}}

      """
    try fleet.write(toFile: inventory + "/fleet.yaml", atomically: true, encoding: .utf8)
    try writeSites()
    try CheapChecks.write(to: path("checks"))
    return self
  }

  private func writeSites() throws {
    let sites = Dictionary(grouping: terminals, by: \.site).sorted { $0.key < $1.key }
    let yaml = "sites:\n" + sites.map { "  \($0.key): {name: \($0.key), networks: [127.0.0.0/8]}\n" }.joined()
    try yaml.write(toFile: inventory + "/sites.yaml", atomically: true, encoding: .utf8)
    for (site, terminals) in sites {
      let rows = try terminals.map { "\($0.id),\($0.address),\(try plantRoot(of: $0))\n" }
      try ("id,address,root\n" + rows.joined())
        .write(toFile: inventory + "/terminals/\(site).csv", atomically: true, encoding: .utf8)
    }
  }

  /// A specimen root with the terminal's name in it; the checks of these tests read nothing else.
  private func plantRoot(of terminal: Terminal) throws -> String {
    let root = path("roots/\(terminal.id)")
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    try (terminal.id + "\n").write(toFile: root + "/name", atomically: true, encoding: .utf8)
    return root
  }
}
