internal import TenkenAnalysis
internal import TenkenModel

/// One thing to do now, in plain words.
struct NextStep {
  /// What it answers: a finding or an outcome; empty where it is neither.
  var topic = ""
  let text: String
  /// Whom it is about: indices into the inventory's terminals; empty where it stands for further steps.
  let terminals: [Int]
  /// A command to paste, cut before its options; empty where there is none.
  var command: [String] = []

  /// What to do about these terminals, the most urgent first. `findings` and `unseen` are theirs. Of the findings at
  /// most `most` are told of, and then how many more there are.
  static func steps(
    for terminals: [Int], findings: [Finding], unseen: [UnseenGroup], in report: Report, most: Int
  ) -> [NextStep] {
    preserving(terminals, in: report.assessment) + answering(findings, in: report, most: most)
      + unseen.compactMap { group in
        group.gap.advice.map { NextStep(topic: group.gap.word, text: $0, terminals: group.terminals) }
      } + resuming(unseen, sweep: report.manifest.id) + sweepingAnew(unseen, in: report)
  }

  /// The commands for a whole report: what can be typed at once, and what only after the host keys were put right.
  static func commands(for report: Report) -> (now: [[String]], later: [[String]]) {
    let unseen = UnseenGroup.groups(of: report.terminals, in: report.assessment)
    return (
      resuming(unseen, sweep: report.manifest.id).map(\.command), sweepingAnew(unseen, in: report).map(\.command)
    )
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

  /// A possible impostor first: until it is told from the terminal, people log in to it.
  private static func answering(_ findings: [Finding], in report: Report, most: Int) -> [NextStep] {
    let serious = findings.filter(\.isSerious)
    let ordered = serious.filter(\.isMismatch) + serious.filter { !$0.isMismatch }
    let steps = ordered.prefix(most).map { finding in
      NextStep(
        topic: finding.id, text: report.remediation(of: finding.subject), terminals: finding.sightings.map(\.terminal))
    }
    guard serious.count > most else { return steps }
    let more = "And \((serious.count - most).grouped) more: see the findings below."
    return steps + [NextStep(text: more, terminals: [])]
  }

  /// One command for all that another attempt may see.
  private static func resuming(_ unseen: [UnseenGroup], sweep: ID<SweepManifest>) -> [NextStep] {
    let groups = unseen.outcomes(where: \.isWorthRetrying)
    guard !groups.isEmpty else { return [] }
    let again = groups.map(\.outcome.rawValue).filter { $0 != Outcome.pending.rawValue }
    return [
      NextStep(
        text: again.isEmpty ? "Finish the sweep." : "Then inspect again what was not reached.",
        terminals: groups.flatMap(\.terminals).sorted(),
        command: ["tenken resume \(sweep)"] + (again.isEmpty ? [] : ["--retry \(again.joined(separator: ","))"]))
    ]
  }

  /// A resume goes by the host keys that this sweep began with, so that a corrected record needs a sweep of its own.
  private static func sweepingAnew(_ unseen: [UnseenGroup], in report: Report) -> [NextStep] {
    unseen.outcomes { $0 == .hostKeyUnknown || $0 == .hostKeyMismatch }.map { outcome, terminals in
      let selection = "outcome:\(outcome.rawValue)@\(report.manifest.id)"
      let transport = report.manifest.scope.transport
      return NextStep(
        topic: outcome.rawValue,
        text: "Once a person has put the right keys on record, begin a new sweep of these: a resume goes by the record "
          + "that this one began with.",
        terminals: terminals,
        command: [
          "tenken sweep --inventory \(report.inventory.sources.origin.shellWord)", "--select \(selection.shellWord)",
        ] + (transport == .ssh ? [] : ["--transport \(transport.rawValue)"]))
    }
  }
}

extension Finding {
  fileprivate var isMismatch: Bool {
    switch subject {
    case .contact(.hostKeyMismatch), .gateway(_, .hostKeyMismatch): true
    case .check, .contact, .gateway, .flow: false
    }
  }
}

extension [UnseenGroup] {
  /// Those that are unseen by an outcome of this kind.
  fileprivate func outcomes(where isMeant: (Outcome) -> Bool) -> [(outcome: Outcome, terminals: [Int])] {
    compactMap { group in
      guard case .outcome(let outcome) = group.gap, isMeant(outcome) else { return nil }
      return (outcome, group.terminals)
    }
  }
}
