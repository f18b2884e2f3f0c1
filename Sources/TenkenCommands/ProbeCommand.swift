internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct ProbeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Which terminals a sweep could inspect: reach, host key, login, sudo, platform, shell, clock.",
    discussion: """
      Contacts the terminals as a sweep would, runs no check, and says by site which are ready and what to do about \
      the others. Every selected terminal is in exactly one of the figures. Ends with 0 whatever it found; with 75 \
      where it was interrupted, and what it then says is not whole.
      """)

  @OptionGroup var fleet: FleetOptions

  @OptionGroup var catalogue: CatalogueOptions

  @Option(help: "Log in as this user everywhere.")
  var user: String?

  @Option(help: "Log in with this private key file everywhere.")
  var identity: String?

  @Option(help: "ssh, openssh (the system's ssh), or local (this machine only).")
  var transport = Scope.Transport.ssh

  @Option(help: "A ssh_config file to honour where the system's ssh speaks, as in `tenken sweep`. By default none.")
  var sshConfig: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "text (by site), csv or jsonl (a row a terminal, with all that was seen).")
  var format = ProbeFormat.text

  @OptionGroup var state: StateOptions

  func validate() throws {
    if sshConfig != nil, transport != .ssh, transport != .openssh {
      throw ValidationError("--ssh-config is for --transport ssh and openssh.")
    }
    if transport == .rehearsal {
      throw ValidationError("A rehearsal has nothing to probe: its terminals are invented.")
    }
  }

  func run() async throws {
    let inventory = try Inputs.inventory(at: fleet.inventory)
    let scope = Scope(
      selection: fleet.select, limits: fleet.limits(of: inventory), user: user, identity: identity,
      transport: transport, sshConfig: sshConfig)
    let probe = try state.station.probe(of: inventory, for: try catalogue.catalogue(), scope: scope)
    let choice = TransportChoice(scope, inventory: probe.plan.inventory)
    let result = try await choice.withTransport { transport in
      try await ContactConductor(probe.plan, options: fleet).run { limits, signals, events in
        try await probe.run(
          over: transport, limits: limits, client: choice.client, canFallBack: choice.canFallBack, signals: signals,
          events: events)
      }
    }
    let world = World.current
    world.output.write(result.text(as: format, colour: world.output.isTerminal && world.allowsColour))
    try result.ending.expectWhole()
  }
}
