internal import TenkenAnalysis
internal import TenkenModel

/// One thing to do now, in plain words.
struct NextStep {
  /// What it answers: a finding or an outcome; empty where it is neither.
  var topic = ""
  let text: String
  /// Whom it is about: indices into the inventory's terminals.
  let terminals: [Int]
  /// A command to paste.
  var command: String?

  /// What to do about these terminals, the most urgent first. `findings` and `unseen` are theirs; at most `most` of
  /// each are told of.
  static func steps(
    for terminals: [Int], findings: [Finding], unseen: [UnseenGroup], in report: Report, most: Int
  ) -> [NextStep] {
    preserving(terminals, in: report.assessment)
      + findings.filter(\.isSerious).prefix(most).map { finding in
        NextStep(
          topic: finding.id, text: report.remediation(of: finding.subject),
          terminals: finding.sightings.map(\.terminal))
      }
      + unseen.compactMap { group in
        group.gap.advice.map { NextStep(topic: group.gap.word, text: $0, terminals: group.terminals) }
      }.prefix(most) + resuming(unseen, sweep: report.manifest.id)
  }

  /// Evidence comes before repair: what is repaired first can be explained no more.
  private static func preserving(_ terminals: [Int], in assessment: Assessment) -> [NextStep] {
    let suspects = terminals.filter { assessment.terminals[$0].state == .suspect }
    guard !suspects.isEmpty else { return [] }
    let text =
      "Take what is suspect off the network, but leave it switched on: secure its memory and logs before anyone "
      + "repairs anything."
    return [NextStep(text: text, terminals: suspects)]
  }

  /// One command for all that another attempt may see.
  private static func resuming(_ unseen: [UnseenGroup], sweep: ID<SweepManifest>) -> [NextStep] {
    let outcomes = unseen.compactMap { group -> (outcome: Outcome, terminals: [Int])? in
      guard case .outcome(let outcome) = group.gap, outcome.isWorthRetrying else { return nil }
      return (outcome, group.terminals)
    }
    guard !outcomes.isEmpty else { return [] }
    let again = outcomes.map(\.outcome.rawValue).filter { $0 != Outcome.pending.rawValue }
    return [
      NextStep(
        text: again.isEmpty ? "Finish the sweep." : "Then inspect again what was not reached.",
        terminals: outcomes.flatMap(\.terminals).sorted(),
        command: "tenken resume \(sweep)" + (again.isEmpty ? "" : " --retry \(again.joined(separator: ","))"))
    ]
  }
}
