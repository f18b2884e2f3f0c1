internal import TenkenAnalysis
internal import TenkenModel

/// The terminals that were not wholly seen for one and the same reason.
struct UnseenGroup {
  let gap: TerminalAssessment.Gap
  /// Indices into the inventory's terminals, in its order; never empty.
  let terminals: [Int]
  /// What was heard of them, the most frequent first, each with the number of terminals (or of checks) it was heard of.
  let reasons: [(text: String, count: Int)]

  /// The groups of these terminals, in the order in which they are told.
  static func groups(of indices: [Int], in assessment: Assessment) -> [UnseenGroup] {
    let byGap = Dictionary(grouping: indices.filter { assessment.terminals[$0].gap != nil }) {
      assessment.terminals[$0].gap
    }
    return TerminalAssessment.Gap.inOrder.compactMap { gap in
      byGap[gap].map { UnseenGroup(gap: gap, terminals: $0, reasons: reasons($0.map { assessment.terminals[$0] })) }
    }
  }

  private static func reasons(_ terminals: [TerminalAssessment]) -> [(text: String, count: Int)] {
    var counts: [String: Int] = [:]
    for terminal in terminals {
      for reason in reasons(terminal) { counts[reason, default: 0] += 1 }
    }
    return counts.map { (text: $0.key, count: $0.value) }.sorted { ($1.count, $0.text) < ($0.count, $1.text) }
  }

  private static func reasons(_ terminal: TerminalAssessment) -> [String] {
    guard terminal.gap == .unanswered else { return terminal.reason.isEmpty ? [] : [terminal.reason] }
    return terminal.unanswered.map { "\($0.check) \($0.word)" }
  }

  /// `connection refused (3), no answer within 10s (2) and 4 other reasons`, as it came: the renderer escapes.
  func reasonsText(most: Int) -> String {
    let shown = reasons.prefix(most).map { reason in
      reasons.count == 1 ? Self.clipped(reason.text) : "\(Self.clipped(reason.text)) (\(reason.count.grouped))"
    }
    let rest = reasons.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest.of("other reason"))" : "")
  }

  /// A summary has room for two host keys with their fingerprints; the whole text stands beside the terminal itself.
  private static func clipped(_ text: String) -> String { text.clipped(to: 260) }
}
