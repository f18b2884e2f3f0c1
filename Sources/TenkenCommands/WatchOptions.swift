internal import ArgumentParser

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
}
