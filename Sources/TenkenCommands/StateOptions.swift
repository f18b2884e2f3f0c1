internal import ArgumentParser
internal import TenkenPipeline

/// Where sweeps are kept.
struct StateOptions: ParsableArguments {
  @Option(name: .customLong("state"), help: "Where sweeps are kept; by default $TENKEN_STATE, else .tenken.")
  var given: String?

  var path: String {
    given ?? World.current.environment["TENKEN_STATE"].flatMap { $0.isEmpty ? nil : $0 } ?? ".tenken"
  }

  var station: Station { Station(state: path, tool: Tenken.version, now: World.current.now) }
}
