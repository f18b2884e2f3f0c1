internal import ArgumentParser
internal import TenkenModel

/// Who else is told of a running sweep.
struct WatchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Call this program for each high or critical finding as it is recorded, with JSON on its standard input.",
      valueName: "program"))
  var onFinding: String?

  @Option(
    help: ArgumentHelp("Keep numbers by site and outcome in this file, as Prometheus reads them.", valueName: "file"))
  var metrics: String?

  @Option(
    help: ArgumentHelp("Append what happens to this file, a JSON line an event with its time.", valueName: "file"))
  var log: String?

  /// - Throws: where the program or the log cannot be used.
  func opened() throws(Failure) -> WatchTargets {
    var program: FindingProgram?
    if let onFinding { program = try FindingProgram(onFinding) }
    var file: EventLogFile?
    if let log { file = try EventLogFile(log, now: World.current.now) }
    return WatchTargets(program: program, log: file, metrics: metrics)
  }
}
