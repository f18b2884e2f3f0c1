package import TenkenModel

/// What one attempt brought to light by itself, as soon as it is there: what only the whole fleet shows, such as a host
/// key on two terminals, is for an `Assessor`.
package struct AttemptJudge: Sendable {
  private let judge: TerminalJudge
  /// Nothing has been added to it.
  private let flows: FlowFold

  /// - Parameter checks: those of the sweep.
  package init(checks: [Check], in inventory: Inventory) {
    judge = TerminalJudge(
      checks: checks, planned: PlannedChecks(of: checks, for: inventory.terminals), in: inventory)
    flows = FlowFold(inventory: inventory, checks: checks)
  }

  /// - Parameter index: of the terminal in the inventory.
  package func findings(of attempt: Attempt, on terminal: Terminal, index: Int) -> [OpenFinding] {
    let record = TerminalRecord(
      terminal: attempt.terminal, outcome: attempt.outcome, reason: attempt.reason, attempts: attempt.number,
      last: attempt)
    var flows = flows
    flows.add(attempt, of: index)
    return judge.assess(record, of: terminal, index: index).open + (flows.findings(of: flows.flows())[index] ?? [])
  }
}
