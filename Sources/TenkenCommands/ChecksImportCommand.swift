internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct ChecksImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make checks of scripts that somebody else wrote, without changing them.",
    discussion: """
      Each script gets a directory of its own in --output, and beside it a sidecar NAME.meta with the header: how it \
      tells its result, its interpreter, the distributions that it is for (`# platform =` of ComplianceAsCode), the \
      programs that it calls. Read the sidecars: severity, class and texts are yours to write. What would have to be \
      guessed is refused, and listed. Ends with 0 where a script was imported, with 65 where all were refused.
      """)

  @Argument(
    help: "How the scripts tell their results: sce (101 to 108), nagios (0 OK to 3 UNKNOWN), exit0 (0 is good).")
  var resultProtocol: ForeignProtocol

  @Argument(help: "The directory that holds the scripts.")
  var directory: String

  @Option(help: "The directory of checks to write to.")
  var output: String

  @Option(
    name: .customLong("value"), help: "NAME=VALUE of an XCCDF_VALUE that scripts need; may be given several times.")
  var values: [String] = []

  enum ForeignProtocol: String, ExpressibleByArgument, CaseIterable { case sce, nagios, exit0 }

  func validate() throws {
    for value in values where !value.contains("=") { throw ValidationError("--value \(value) is not NAME=VALUE.") }
    for value in values where value.contains("\"") || value.contains("\n") {
      throw ValidationError("--value \(value): a value in a header holds neither a quotation mark nor a newline.")
    }
  }

  func run() throws {
    let pairs = values.map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init) }
    let values = Dictionary(pairs.map { ($0[0], $0[1]) }) { _, last in last }
    let engine = Check.ResultProtocol(rawValue: resultProtocol.rawValue) ?? .sce
    let entries = try CheckImport(by: engine, values: values).run(directory, to: output)
    let out = World.current.output
    for entry in entries {
      let path = entry.path.escapedForPeople()
      out.line(entry.id.map { "imported  \($0)  \(path)" } ?? "refused   \(path): \(entry.reason.escapedForPeople())")
    }
    let imported = entries.count { $0.id != nil }
    out.line(
      "\(imported.grouped) imported to \(output.escapedForPeople()), \((entries.count - imported).grouped) refused")
    guard imported == 0 else { return }
    throw Failure(
      entries.isEmpty ? .noSuchInput : .badInput, "no script was imported",
      why: entries.isEmpty
        ? "there is no file in \(directory.escapedForPeople())" : "each was refused for the reason above",
      next: "checks/README.md says what a script must be like.")
  }
}
