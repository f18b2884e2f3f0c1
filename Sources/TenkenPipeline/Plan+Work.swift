internal import TenkenModel

extension Plan {
  /// - Throws: `usage` where nobody is to be contacted.
  func expectWork(selectedBy selection: String) throws(Failure) {
    guard !dispositions.contains(where: \.isContact) else { return }
    throw Failure(
      .usage, "the selection \"\(selection)\" leaves no terminal to contact",
      why: "none of the \(inventory.terminals.count.grouped) terminals of \(inventory.sources.origin) is in it",
      next: "`tenken inventory list \(inventory.sources.origin)` shows what can be selected by.")
  }
}
