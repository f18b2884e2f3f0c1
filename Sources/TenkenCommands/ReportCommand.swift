internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the reports of a sweep; one that is not finished says so on every page.")

  @Argument(help: "An id, the beginning of one, a name, or latest.")
  var sweep = "latest"

  @Option(help: "The directory to write to.")
  var output: String

  @Option(help: "html, csv, jsonl, text, xccdf, junit; several with commas.")
  var format = "html,csv,jsonl,text"

  @Option(help: "One site only; may be given several times.")
  var site: [String] = []

  @OptionGroup var state: StateOptions

  func run() throws {
    let formats = try formats()
    let archive = try state.station.archive(sweep)
    for path in try archive.write(formats, sites: site, to: output) { World.current.output.line(path) }
  }

  private func formats() throws(Failure) -> [ReportFormat] {
    var formats: [ReportFormat] = []
    for word in format.split(separator: ",", omittingEmptySubsequences: false) {
      guard let format = ReportFormat(rawValue: String(word)) else {
        throw Failure(
          .usage, "no report format is called \"\(String(word).escapedForPeople())\"",
          why: "it was given with --format",
          next: "There are: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      if !formats.contains(format) { formats.append(format) }
    }
    return formats
  }
}
