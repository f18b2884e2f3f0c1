internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct FindingsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "findings", abstract: "What a person must look at, the worst first.",
    discussion: """
      With --follow: in the order in which they are recorded, those that are there already first, until the sweep's \
      process ends. What only the whole fleet shows, such as one host key on two terminals, is told without --follow.
      """)

  @Argument(help: "An id, the beginning of one, a name, or latest.")
  var sweep = "latest"

  @Option(help: "The least severity that is shown: info, low, medium, high or critical.")
  var severity = Severity.low

  @Flag(help: "Go on while the sweep runs.")
  var follow = false

  @Flag(help: "A JSON line a finding and terminal.")
  var json = false

  @OptionGroup var state: StateOptions

  func run() async throws {
    let archive = try state.station.archive(sweep)
    guard follow else {
      return World.current.output.write(try archive.findings(atLeast: severity, json: json))
    }
    try await follow(archive)
  }

  private func follow(_ archive: SweepArchive) async throws {
    var row: Int64 = 0
    while true {
      // Asked before the journal is: what the sweep records last is not missed.
      let isRunning = try archive.isRunning(in: state.station)
      let (lines, last) = try archive.findings(after: row, atLeast: severity)
      for line in lines {
        if json { World.current.output.writeBytes(line.json) } else { World.current.output.write(line.text) }
      }
      if last == row {
        guard isRunning else { return }
        try await ContinuousClock().sleep(for: .seconds(1))
      }
      row = last
    }
  }
}
