internal import ArgumentParser
internal import Foundation
internal import TenkenLocal
internal import TenkenModel
internal import TenkenPipeline

struct ChecksTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Try checks on their fixtures, here, under every shell that is installed.",
    discussion: """
      Plants each specimen of checks/ID/fixtures in a throw-away directory, runs the check on it as a terminal would, \
      and holds its result, message and facts against the file expect. A specimen that could not be tried is skipped, \
      and said to be. Ends with 0 where all that was tried is as expected; with 65 where something is not; with 66 \
      where there is no fixture; with 69 where none could be tried.
      """)

  @Argument(help: "The checks' ids. By default all.")
  var ids: [String] = []

  @Option(
    name: .customLong("shell"),
    help: ArgumentHelp(
      "Only under this shell; may be given several times.",
      discussion: "busybox-only has nothing but busybox's programs."
    ))
  var shells: [TrialShell] = []

  @OptionGroup var options: CatalogueOptions

  func run() async throws {
    let trials = try FixtureTrials(
      of: try options.catalogue(), in: try options.places(), ids: ids,
      shells: shells.isEmpty ? TrialShell.allCases : shells, isRoot: geteuid() == 0)
    guard !trials.fixtures.isEmpty else {
      throw Failure(
        .noSuchInput, "there is no fixture", why: "a fixture is a directory ID/fixtures/CASE with plant.sh and expect",
        next: "checks/README.md says how to write one.")
    }
    let output = World.current.output
    var tally = FixtureTally(of: trials)
    try await trials.run(width: ProcessInfo.processInfo.activeProcessorCount, over: { LocalTransport(shell: $0) }) {
      output.write(tally.add($0))
    }
    output.write(tally.text)
    for check in trials.untried { World.current.errors.line("\(check.id) has no fixture") }
    try expectSuccess(tally)
  }

  private func expectSuccess(_ tally: FixtureTally) throws {
    if tally.failed > 0 { throw ExitCode(Failure.Code.badInput.rawValue) }
    guard tally.agreed == 0 else { return }
    throw Failure(
      .serviceUnavailable, "no fixture could be tried", why: "all were skipped, for the reasons above",
      next: "Install what is missing, or run it as root.")
  }
}

extension TrialShell: ExpressibleByArgument {}
