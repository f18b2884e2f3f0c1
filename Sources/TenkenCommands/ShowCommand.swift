internal import ArgumentParser
internal import TenkenPipeline

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Everything that a sweep knows of one terminal.")

  @Argument(help: "The terminal's id.")
  var terminal: String

  @Option(help: "An id, the beginning of one, a name, or latest.")
  var sweep = "latest"

  @Option(help: "One check only.")
  var check: String?

  @Flag(help: "What the check wrote, byte for byte, stdout on standard output and stderr on standard error.")
  var raw = false

  @OptionGroup var state: StateOptions

  func validate() throws {
    if raw, check == nil { throw ValidationError("--raw needs --check ID.") }
  }

  func run() throws {
    let world = World.current
    let archive = try state.station.archive(sweep)
    if raw, let check {
      let streams = try archive.raw(of: terminal, check)
      world.output.writeBytes(streams.stdout)
      world.errors.writeBytes(streams.stderr)
    } else {
      world.output.write(try archive.page(of: terminal, only: check))
    }
  }
}
