internal import TenkenModel

extension PlanSummary {
  /// The longest that the sweep can take with the transport keeping its deadlines: every terminal uses every attempt
  /// and every attempt all of its deadlines.
  ///
  /// While the fleet's window is full it works off `toContact / concurrency` contacts; while it is not, each site with
  /// work left has its own window full. So the sum of the two bounds the whole, with one more contact for the rest
  /// that does not fill a window. Waiting before a retry holds no slot; it counts once, at the end.
  package var worstCase: Duration {
    guard toContact > 0 else { return .zero }
    let contact = limits.connectTimeout + limits.loginTimeout + limits.runTimeout
    let attempts = 1 + max(0, limits.retries)
    let fleet = max(1, limits.concurrency)
    let bySite = sites.filter { $0.ceiling < fleet }.map { Double($0.toContact) / Double($0.ceiling) }.max() ?? 0
    let rounds = (Double(toContact) / Double(fleet) + bySite).rounded(.up) + 1
    return contact * (Int(rounds) * attempts) + .seconds(60) * (attempts - 1)
  }
}
