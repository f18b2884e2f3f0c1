internal import TenkenModel

/// `pause-site:` and `pause-sweep:` of the fleet's limits.
enum PauseSection {
  /// Tenken's own for the outcomes that it says nothing of.
  static func limits(_ key: String, of limits: YAMLSection, _ log: inout ProblemLog) -> PauseLimits {
    let known = PauseLimits.outcomes.map(\.rawValue)
    var pause = PauseLimits.usual
    guard let section = limits.section(key, title: "\(key) of the limits", known: known, &log) else { return pause }
    for outcome in PauseLimits.outcomes {
      guard let text = section.text(outcome.rawValue, &log) else { continue }
      log.value(of: text) { written throws(Malformed) in try limit(on: outcome, written) }.map { pause[outcome] = $0 }
    }
    return pause
  }

  /// `20`, `5%`, `20 or 5%`, `off`.
  private static func limit(on outcome: Outcome, _ text: String) throws(Malformed) -> PauseLimit {
    if text == "off" { return PauseLimit() }
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    switch parts.count {
    case 1:
      if let percent = Percent.number(parts[0]) { return PauseLimit(percent: percent) }
      if let count = count(parts[0]) { return PauseLimit(count: count) }
    case 3 where parts[1] == "or":
      if let count = count(parts[0]), let percent = Percent.number(parts[2]) {
        return PauseLimit(count: count, percent: percent)
      }
    default: break
    }
    throw Malformed(
      what: "bad limit on \(outcome.rawValue) \(text.quoted)",
      fix: "write how many terminals may end so, such as 20, 5%, \"20 or 5%\" (whichever is crossed first), or off")
  }

  private static func count(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text).flatMap { $0 <= 1_000_000 ? $0 : nil }
  }
}
