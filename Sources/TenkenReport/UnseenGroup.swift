internal import TenkenAnalysis
internal import TenkenModel

/// The terminals that were not wholly seen for one and the same reason.
struct UnseenGroup {
  let gap: TerminalAssessment.Gap
  /// Indices into the inventory's terminals, in its order; never empty.
  let terminals: [Int]
  /// What was heard of them, the most frequent first, each with the number of terminals (or of checks) it was heard of.
  let reasons: ReasonList

  /// The groups of these terminals, in the order in which they are told.
  static func groups(of indices: [Int], in assessment: Assessment) -> [UnseenGroup] {
    let byGap = Dictionary(grouping: indices.filter { assessment.terminals[$0].gap != nil }) {
      assessment.terminals[$0].gap
    }
    return TerminalAssessment.Gap.inOrder.compactMap { gap in
      byGap[gap].map { terminals in
        UnseenGroup(
          gap: gap, terminals: terminals, reasons: ReasonList(terminals.flatMap { reasons(assessment.terminals[$0]) }))
      }
    }
  }

  private static func reasons(_ terminal: TerminalAssessment) -> [String] {
    guard terminal.gap == .unanswered else { return [terminal.reason] }
    return terminal.unanswered.map { "\($0.check) \($0.word)" }
  }
}
