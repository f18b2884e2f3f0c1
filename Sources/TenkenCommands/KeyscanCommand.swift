internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct KeyscanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keyscan", abstract: "Host keys as known_hosts lines on standard output, for a person to review.",
    discussion: """
      Asks every terminal that is selected, and the gateways on the way, for its host key; nothing is logged in to but \
      gateways whose key is on record. A line counts only where nothing is on record yet; a key that is DIFFERENT from \
      the one on record stands behind #. Compare the fingerprints before you append the lines to known_hosts in the \
      inventory: whoever answers can show a key. Ends with 0 whatever it found; with 75 where it was interrupted, and \
      what it then says is not whole.
      """)

  @OptionGroup var fleet: FleetOptions

  @OptionGroup var state: StateOptions

  func run() async throws {
    let inventory = try Inputs.inventory(at: fleet.inventory)
    let scope = Scope(selection: fleet.select, limits: fleet.limits(of: inventory))
    let scan = try state.station.keyScan(of: inventory, scope: scope)
    let choice = TransportChoice(scope, inventory: inventory)
    let result = try await choice.withScanningTransport { transport in
      try await ContactConductor(scan.plan, options: fleet).run { limits, signals, events in
        try await scan.run(
          over: transport, limits: limits, canFallBack: choice.canFallBack, signals: signals, events: events)
      }
    }
    let world = World.current
    world.output.write(result.knownHosts)
    world.errors.write(result.summary(colour: world.errors.isTerminal && world.allowsColour))
    try result.ending.expectWhole()
  }
}
