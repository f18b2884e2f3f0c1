internal import ArgumentParser
internal import TenkenPipeline

struct StackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stack", abstract: "The values of a fact over the fleet, the rare ones first.",
    discussion: """
      What one terminal of thousands has, or lacks, is where to look. `tenken checks show ID` names the facts of a check.
      """)

  @Argument(help: "A fact: ssh.key, net.listen, ...")
  var fact: String

  @Argument(help: "An id, the beginning of one, a name, or latest.")
  var sweep = "latest"

  @Option(help: "Compare within each fleet, site, platform or role; by default as the check's header says.")
  var by: String?

  @Option(help: "Show so many values.")
  var most = 50

  @Flag(help: "A JSON line a value, with all terminals that have it.")
  var json = false

  @OptionGroup var state: StateOptions

  func validate() throws {
    if most < 1 { throw ValidationError("--most is at least 1.") }
  }

  func run() throws {
    World.current.output.write(try state.station.archive(sweep).stack(fact, by: by, most: most, json: json))
  }
}
