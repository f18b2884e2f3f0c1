import TenkenAnalysis
import TenkenModel

extension Fleet {
  func assessed() -> Assessment {
    var assessor = Assessor(inventory: inventory, checks: checks, conditions: conditions)
    for record in records { assessor.add(record) }
    return assessor.finish()
  }

  /// The assessment of the one terminal that this records.
  static func single(
    _ outcome: Outcome, _ results: [ID<Check>: CheckResult] = [:], checks: [Check]? = nil, platform: String = "linux",
    key: HostKeyEvidence? = nil
  ) -> TerminalAssessment {
    var fleet = Fleet()
    if let checks { fleet.checks = checks }
    fleet.add("one", outcome, results, platform: platform, key: key)
    return fleet.assessed().terminals[0]
  }
}
