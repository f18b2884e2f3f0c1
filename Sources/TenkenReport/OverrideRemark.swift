internal import TenkenModel

/// Which limits a run of the sweep went beyond: `OVERRIDDEN on 2026-11-24 05:30:00 UTC: run 2 went beyond the limits
/// auth-failed@bangkok, hostile`.
enum OverrideRemark {
  /// `nil` for a run that kept to all of them.
  static func text(_ run: SweepRun) -> String? {
    guard !run.overrides.isEmpty else { return nil }
    let limits = run.overrides.count == 1 ? "limit" : "limits"
    return "OVERRIDDEN on \(run.started.forPeople): run \(run.number.grouped) went beyond the \(limits) "
      + run.overrides.map(\.text).joined(separator: ", ")
  }
}
