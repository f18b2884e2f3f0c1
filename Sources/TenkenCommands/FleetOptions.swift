internal import ArgumentParser
internal import TenkenModel

/// Which terminals of which inventory, how many at once, and whether progress is shown.
struct FleetOptions: ParsableArguments {
  @Option(help: "The inventory's directory.")
  var inventory: String

  @Option(help: "Which terminals: 'site:bangkok and not tag:kiosk', 'jp-[0001-0400]'. By default all of them.")
  var select = ""

  @Option(help: "Terminals contacted at once, over the whole fleet.")
  var concurrency: Int?

  @Option(help: "Terminals contacted at once in one site.")
  var perSite: Int?

  @Flag(name: .customLong("no-progress"), help: "No progress on standard error.")
  var noProgress = false

  func validate() throws {
    for (option, value) in [("--concurrency", concurrency), ("--per-site", perSite)] {
      guard value ?? 1 >= 1 else { throw ValidationError("\(option) is at least 1.") }
    }
  }

  /// Those of the inventory, with what the command line sets.
  func limits(of fleet: Inventory) -> Limits {
    var limits = fleet.limits
    if let concurrency { limits.concurrency = concurrency }
    if let perSite { limits.perSite = perSite }
    return limits
  }
}
