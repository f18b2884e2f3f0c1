internal import ArgumentParser
internal import TenkenPipeline

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "One sweep by site; it may be running.")

  @Argument(help: "An id, the beginning of one, a name, or latest.")
  var sweep = "latest"

  @OptionGroup var state: StateOptions

  @Flag(help: "A JSON line a site, the sweep's last.")
  var json = false

  @Flag(help: "End with the status that the sweep ended with, or would end with now.")
  var exitStatus = false

  func run() throws {
    let station = state.station
    let status = try station.archive(sweep).status(json: json, in: station)
    World.current.output.write(status.page)
    if exitStatus, status.exitStatus != 0 { throw ExitCode(status.exitStatus) }
  }
}
