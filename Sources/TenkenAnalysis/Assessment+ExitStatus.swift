internal import TenkenModel

extension Assessment {
  /// How a command that ran this sweep ends, over what was selected: 0 when all of it was wholly inspected and nothing
  /// is unsound or suspect; 1 when something is; 2 when something was not wholly inspected; 3 when both hold. A sweep
  /// that selected nothing inspected nothing: 2.
  package var exitStatus: Int32 {
    let selected = terminals.filter { $0.outcome != .excluded }
    let isBad = group.alarm ?? .info >= .high || selected.contains { $0.state == .unsound || $0.state == .suspect }
    let isIncomplete = selected.isEmpty || selected.contains { $0.gap != nil }
    return (isBad ? 1 : 0) + (isIncomplete ? 2 : 0)
  }
}
