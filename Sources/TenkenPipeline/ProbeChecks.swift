internal import TenkenCrypto
internal import TenkenModel

/// What a probe asks of a terminal: two checks that come with the program, carried by the same remote program as those
/// of a catalogue. They read no file but /etc/passwd and os-release(5), and look at the terminal itself even where the
/// inventory gives it a specimen root.
struct ProbeChecks {
  static let system: ID<Check> = "probe.system"
  static let root: ID<Check> = "probe.root"

  let catalogue: Catalogue

  /// - Parameters:
  ///   - programs: those that a terminal is asked for.
  ///   - platforms: all of the inventory's: a probe finds out whether they are right.
  init(programs: Set<String>, platforms: Set<String>) {
    let platforms = platforms.sorted()
    let asked = Check.Parameter(
      name: "programs", type: "string", value: programs.sorted().joined(separator: " "),
      meaning: "Programs that are asked for.")
    let checks = [
      Self.check(
        Self.system, "What a terminal says of itself", ProbeScript.system, platforms: platforms,
        parameters: [asked],
        facts: [
          ("probe.login", ["user", "uid"]), ("probe.system", ["system", "kernel", "machine"]),
          ("probe.release", ["id", "version"]), ("probe.shell", ["login", "sh"]), ("probe.program", ["name"]),
          ("probe.time", ["seconds"]),
        ]),
      Self.check(
        Self.root, "Whether root is granted", ProbeScript.root, platforms: platforms, privilege: .root),
    ]
    let files = checks.map { SourceFiles.File(path: $0.file, bytes: $0.script) }
    let sources = SourceFiles(origin: "tenken", files: files)
    catalogue = Catalogue(checks: checks, sources: sources, digest: sources.digest)
  }

  private static func check(
    _ id: ID<Check>, _ title: String, _ script: String, platforms: [String], privilege: Check.Privilege = .none,
    parameters: [Check.Parameter] = [], facts: [(name: String, columns: [String])] = []
  ) -> Check {
    let script = Array(script.utf8)
    return Check(
      id: id, version: 1, title: title, severity: .info, checkClass: .inventory, platforms: platforms,
      privilege: privilege, timeout: .seconds(20), outputLimit: 16 * 1024, parameters: parameters,
      facts: facts.map { Check.FactDeclaration(name: $0.name, columns: $0.columns) }, script: script,
      digest: SHA256.digest(of: script), file: "\(id)/check.sh")
  }
}
