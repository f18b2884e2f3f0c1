internal import TenkenModel

/// What a generated terminal is and whose.
struct GeneratedTraits {
  private static let officeRoles = [
    ("workstation", 62), ("laptop", 18), ("kiosk", 7), ("server", 7), ("line-control", 4), ("build-host", 2),
  ]
  private static let dataCentreRoles = [("server", 80), ("database", 12), ("hypervisor", 5), ("jump-host", 3)]
  private static let owners = [
    "engineering", "finance", "human-resources", "it-operations", "legal", "logistics", "manufacturing", "marketing",
    "quality", "research", "sales", "security",
  ]
  private static let tags = ["critical", "dmz", "lab", "legacy", "pci", "remote", "shared", "vip"]
  private static let models = ["A210", "B7", "C-1400", "R640", "T14", "X9"]

  /// The last cells of its row, from `platform` on.
  let cells: String

  init(_ random: inout SplitMix64, isDataCentre: Bool) {
    let role = Self.pick(isDataCentre ? Self.dataCentreRoles : Self.officeRoles, &random)
    let owner = Self.owners[Self.below(Self.owners.count, &random)]
    let tags = Self.tags.filter { _ in Self.below(8, &random) == 0 }.joined(separator: " ")
    let asset = 100_000 + Self.below(900_000, &random)
    cells = "linux,\(role),\(owner),\(tags),A\(asset),\(Self.models[Self.below(Self.models.count, &random)])"
  }

  private static func pick(_ choices: [(String, Int)], _ random: inout SplitMix64) -> String {
    var rest = below(choices.map(\.1).reduce(0, +), &random)
    for (choice, weight) in choices {
      if rest < weight { return choice }
      rest -= weight
    }
    return choices[0].0
  }

  /// Not of the standard library, whose way may change between versions: a fleet must stay the same for its seed.
  private static func below(_ bound: Int, _ random: inout SplitMix64) -> Int {
    Int(random.unit() * Double(bound))
  }
}
