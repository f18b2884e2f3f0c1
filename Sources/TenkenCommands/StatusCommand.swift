internal import ArgumentParser
internal import TenkenPipeline

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "One sweep by site; it may be running.")

  @Argument(help: "An id, the beginning of one, a name, or latest.")
  var sweep = "latest"

  @OptionGroup var state: StateOptions

  @Flag(help: "Whom the running sweep contacts at this moment, in which phase, and for how long.")
  var inFlight = false

  @Flag(help: "A JSON line a site, the sweep's last; with --in-flight a line a contact.")
  var json = false

  @Flag(help: "End with the status that the sweep ended with, or would end with now.")
  var exitStatus = false

  func validate() throws {
    if inFlight, exitStatus { throw ValidationError("--exit-status is of the sweep, not of its contacts.") }
  }

  func run() throws {
    let station = state.station
    if inFlight {
      let page = try station.inFlight(sweep, json: json)
      return World.current.output.write(page ?? (json ? "" : "Nobody is at this sweep now.\n"))
    }
    let status = try station.archive(sweep).status(json: json, in: station)
    World.current.output.write(status.page)
    if exitStatus, status.exitStatus != 0 { throw ExitCode(status.exitStatus) }
  }
}
