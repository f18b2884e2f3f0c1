internal import TenkenAnalysis
internal import TenkenModel

extension Account {
  /// `suspect 3 + unsound 4 + sound 57 = 64 listed`
  var statesText: String { text(TerminalState.worstFirst.map { ($0.rawValue, self[$0]) }) }

  /// `inspected 54 + unreachable 10 = 64 listed`
  var outcomesText: String { text(Outcome.allCases.map { ($0.rawValue, self[$0]) }) }

  private func text(_ counts: [(word: String, count: Int)]) -> String {
    let parts = counts.filter { $0.count > 0 }.map { "\($0.word) \($0.count.grouped)" }
    return (parts.isEmpty ? "none" : parts.joined(separator: " + ")) + " = \(listed.grouped) listed"
  }
}
