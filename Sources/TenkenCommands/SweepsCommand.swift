internal import ArgumentParser
internal import TenkenPipeline

struct SweepsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweeps", abstract: "All sweeps in the state directory, the newest first.")

  @OptionGroup var state: StateOptions

  @Flag(help: "A JSON line a sweep.")
  var json = false

  func run() throws {
    let page = try state.station.sweeps(json: json)
    World.current.output.write(page ?? "There are no sweeps in \(state.path).\n")
  }
}
