internal import ArgumentParser
internal import TenkenPipeline

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "What changed from one sweep to another: by site, and each terminal that did.",
    discussion: """
      What was not seen the second time is never told as mended.
      """)

  @Argument(help: "The earlier sweep: an id, the beginning of one, or a name.")
  var before: String

  @Argument(help: "The later one, or latest.")
  var after = "latest"

  @Flag(help: "A JSON line a terminal.")
  var json = false

  @OptionGroup var state: StateOptions

  func run() throws {
    let station = state.station
    World.current.output.write(
      try station.archive(before).changes(to: station.archive(after), json: json))
  }
}
