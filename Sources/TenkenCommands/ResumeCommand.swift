internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a sweep that was interrupted, from what it has recorded.",
    discussion: """
      The sweep goes on with the inventory, the checks and the limits that it began with: the journal holds them. \
      What was in flight when it was interrupted is contacted again, host key and all.
      """)

  @Argument(help: "An id, the beginning of one, or a name. By default the newest unfinished sweep.")
  var sweep: String?

  @OptionGroup var state: StateOptions
  @OptionGroup var display: DisplayOptions

  func run() async throws {
    let conduct = try state.station.resume(sweep)
    defer { conduct.close() }
    try await SweepConductor(
      inventory: conduct.plan.inventory, scope: conduct.scope, state: state, display: display
    ).run { conduct }
  }
}
