package import TenkenModel
internal import TenkenSweep

extension Plan {
  /// The plan's limits with the fleet's ceiling lowered to what an open-file limit bears, and what to say about it.
  package func limits(forOpenFiles soft: Int) -> (limits: Limits, notice: String?) {
    limits.lowered(forOpenFiles: soft)
  }

  /// How many terminals an open-file limit bears at once, under Tenken's own limits.
  package static func bearable(forOpenFiles soft: Int) -> Int { Limits().bearable(forOpenFiles: soft) }

  /// The same plan under other limits.
  func limited(by limits: Limits) -> Plan {
    Plan(
      inventory: inventory, catalogue: catalogue, limits: limits, checkSets: checkSets, dispositions: dispositions)
  }
}
