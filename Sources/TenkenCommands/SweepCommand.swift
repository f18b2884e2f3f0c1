internal import ArgumentParser
internal import Foundation
internal import TenkenModel
internal import TenkenPipeline

struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep", abstract: "Begin a sweep: contact the terminals of an inventory and run the checks on them.")

  @Option(help: "The inventory's directory.")
  var inventory: String

  @OptionGroup var catalogue: CatalogueOptions

  @Option(help: "Which terminals: 'site:bangkok and not tag:kiosk', 'jp-[0001-0400]'. By default all of them.")
  var select = ""

  @Option(help: "A check by id, or checks by class or cost; may be given several times. By default every light check.")
  var check: [String] = []

  @Option(help: "Which checks go where, with which values: light, heavy, or one of profiles.yaml. By default light.")
  var profile: String?

  @Option(help: "A script of your own, for sh or bash, to run beside the checks; its answer is informational.")
  var script: [String] = []

  @Option(
    help: """
      A list of indicators, one a line: sha256: sha1: md5: path: name: ip: net: domain: key:. The checks that look for \
      them run as well, and the journal keeps the list.
      """)
  var ioc: String?

  @Option(help: "Terminals contacted at once, over the whole fleet.")
  var concurrency: Int?

  @Option(help: "Terminals contacted at once in one site.")
  var perSite: Int?

  @Option(help: "How long the checks of one terminal may take in all: 90s, 5m.", transform: Self.duration)
  var timeout: Duration?

  @Option(help: "How long the sweep may take: 8h. It then drains, and a resume goes on.", transform: Self.duration)
  var deadline: Duration?

  @Flag(help: "Begin with as many terminals at once as the sweep may have, without a first wave.")
  var noRamp = false

  @Option(help: "A name for people.")
  var name = ""

  @Option(help: "Log in as this user everywhere.")
  var user: String?

  @Option(help: "Log in with this private key file everywhere.")
  var identity: String?

  @Flag(help: "Take host keys that are not on record on first sight; what such a terminal says is marked as unproven.")
  var recordNewKeys = false

  @Option(
    help:
      "ssh, openssh (the system's ssh), local (this machine only) or rehearsal (nothing is contacted, results are invented)."
  )
  var transport = Scope.Transport.ssh

  @Option(
    help:
      "A ssh_config file to honour where the system's ssh speaks, in algorithms and source addresses only. By default none."
  )
  var sshConfig: String?

  @Option(help: "Draw so many of the selected terminals by chance; the same for the same --seed.")
  var sample: Int?

  @Option(help: "Of everything drawn by chance but the nonces.")
  var seed: UInt64 = 0

  @OptionGroup var state: StateOptions

  @Flag(help: "Say what would be contacted, with which checks, bytes and limits; contact nothing.")
  var dryRun = false

  @OptionGroup var display: DisplayOptions
  @OptionGroup var watch: WatchOptions

  func validate() throws {
    for (option, value) in [("--concurrency", concurrency), ("--per-site", perSite), ("--sample", sample)] {
      guard value ?? 1 >= 1 else { throw ValidationError("\(option) is at least 1.") }
    }
    if sshConfig != nil, transport != .ssh, transport != .openssh {
      throw ValidationError("--ssh-config is for --transport ssh and openssh.")
    }
    guard deadline.map({ $0 >= .seconds(1) }) ?? true else { throw ValidationError("--deadline is at least 1s.") }
    guard timeout.map({ $0 >= .seconds(1) }) ?? true else { throw ValidationError("--timeout is at least 1s.") }
  }

  func run() async throws {
    let station = state.station
    let fleet = try Inputs.inventory(at: inventory)
    let sweep = try station.newSweep(of: fleet, with: try linted(), scope: scope(of: fleet))
    if dryRun { return show(sweep) }
    try await SweepConductor(
      inventory: sweep.plan.inventory, scope: sweep.scope, state: state, display: display, targets: try watch.opened()
    ).run { try station.begin(sweep) }
  }

  /// A script of the responder's own is sent whatever is wrong with it, with a word.
  private func linted() throws -> Catalogue {
    let catalogue = try catalogue.catalogue(scripts: script, indicators: ioc)
    for problem in try Inputs.expectSendable(catalogue) {
      World.current.errors.line("note: \(problem)".escapedForPeople(maxLength: 600))
    }
    if let line = Inputs.indicatorsLine(of: catalogue) { World.current.errors.line(line.escapedForPeople()) }
    return catalogue
  }

  private func show(_ sweep: NewSweep) {
    let output = World.current.output
    output.write(sweep.summary)
    let hosts = transport == .ssh || transport == .openssh ? HostKeysOnRecord(of: sweep.plan.inventory) : nil
    for remark in InventoryRemarks.lines(sweep.plan.inventory, hosts: hosts) { output.line(remark) }
    for problem in hosts?.problems ?? [] { output.line("\(problem)".escapedForPeople(maxLength: 600)) }
  }

  private static func duration(_ text: String) throws -> Duration {
    if let duration = Duration(text: text) { return duration }
    throw ValidationError("\"\(text.escapedForPeople())\" is no duration: write a whole number and ms, s, m or h.")
  }

  /// A resume may come from another directory.
  private static func absolute(_ path: String) -> String {
    path.hasPrefix("/") || path.hasPrefix("~/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }

  private func scope(of fleet: Inventory) -> Scope {
    var limits = fleet.limits
    if let concurrency { limits.concurrency = concurrency }
    if let perSite { limits.perSite = perSite }
    if let timeout { limits.runTimeout = timeout }
    if let deadline { limits.deadline = deadline }
    if noRamp { limits.firstWave = 0 }
    return Scope(
      name: name, selection: select, sample: sample, checks: check, profile: profile, limits: limits, user: user,
      identity: identity.map(Self.absolute),
      transport: transport, recordsNewKeys: recordNewKeys, sshConfig: sshConfig.map(Self.absolute), seed: seed)
  }
}
