internal import ArgumentParser

/// How a running sweep shows itself.
struct DisplayOptions: ParsableArguments {
  @Flag(name: .customLong("json"), help: "Events as JSON lines on standard output, a summary last.")
  var json = false

  @Flag(name: .customLong("no-progress"), help: "No progress on standard error.")
  var noProgress = false
}
