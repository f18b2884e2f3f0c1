internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Audit a sweep's journal: every page, every row, every digest.",
    discussion: """
      Works while the sweep runs. It finds what was damaged, lost, or changed by another hand than Tenken's and not made \
      to fit; whoever can write the file and knows how to is not found out by what the file itself says.
      """)

  @Argument(help: "An id, the beginning of one, a name, or latest.")
  var sweep = "latest"

  @OptionGroup var state: StateOptions

  func run() throws {
    let (page, problems) = try state.station.verify(sweep)
    World.current.output.write(page)
    for problem in problems { World.current.errors.line("tenken: \(problem)".escapedForPeople(maxLength: 600)) }
    if !problems.isEmpty { throw ExitCode(Failure.Code.badInput.rawValue) }
  }
}
