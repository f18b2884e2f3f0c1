internal import ArgumentParser
internal import TenkenPipeline

struct FlowsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flows", abstract: "Who connected to whom, site by site, held against the flow policy.",
    discussion: """
      From what the checks net.peers and login.sources told. policy.yaml of the inventory says what is allowed; without \
      it nothing is judged. What nobody observed is told as such.
      """)

  @Argument(help: "An id, the beginning of one, a name, or latest.")
  var sweep = "latest"

  @Option(help: "Connections of this site only; may be given several times.")
  var site: [String] = []

  @Option(help: "Show so many connections and shadow terminals.")
  var most = 50

  @Flag(help: "JSON lines: each cell, connection and shadow terminal.")
  var json = false

  @OptionGroup var state: StateOptions

  func validate() throws {
    if most < 1 { throw ValidationError("--most is at least 1.") }
  }

  func run() throws {
    World.current.output.write(try state.station.archive(sweep).flows(sites: site, most: most, json: json))
  }
}
