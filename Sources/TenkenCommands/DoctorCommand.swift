internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Is this station fit for a sweep: limits, disk, clock, keys, versions.",
    discussion: "Ends with 0 where nothing stands in the way, with 69 where something does.")

  @Option(help: "An inventory: its keys and known hosts are looked at too.")
  var inventory: String?

  @Flag(help: "Also measure how many check results a second a journal takes on this disk, each of them safe.")
  var measure = false

  @OptionGroup var state: StateOptions

  func run() async throws {
    let output = World.current.output
    let examinations = await Examination.all(station: state.station, state: state.path, inventory: inventory)
    for examination in examinations {
      output.line(
        "\(examination.verdict.word)  \(examination.what): \(examination.found.escapedForPeople(maxLength: 400))")
      if let next = examination.next { output.line("      \(next)") }
    }
    if measure {
      output.line("ok    journal: \(try await state.station.measureJournal().grouped) check results a second")
    }
    guard !examinations.contains(where: { $0.verdict == .unfit }) else {
      throw ExitCode(Failure.Code.serviceUnavailable.rawValue)
    }
  }
}
