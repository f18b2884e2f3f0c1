internal import TenkenModel

/// What an amendment changed, and what was seen before it:
/// `AMENDED on 2026-11-24 05:30:00 UTC: 29,002 terminals from then on (3 added, 1 removed, 2 changed); checks changed:
/// ssh.authkeys; 12,400 terminals were inspected before it`.
enum AmendmentRemark {
  private static let most = 5

  static func text(_ amendment: Amendment) -> String {
    let terminals = Amendment.Change.allCases.compactMap { change in
      amendment.terminalChanges[change].map { "\($0.grouped) \(change.rawValue)" }
    }
    let counts = terminals.isEmpty ? "no terminal changed" : terminals.joined(separator: ", ")
    let checks = Amendment.Change.allCases.compactMap { change in
      amendment.checkChanges[change].map { "checks \(change.rawValue): \(list($0.map(\.rawValue)))" }
    }
    let files = amendment.files.isEmpty ? [] : ["files changed: \(list(amendment.files))"]
    let before = "\(amendment.inspectedBefore.of("terminal")) \(amendment.inspectedBefore == 1 ? "was" : "were")"
    return
      (["AMENDED on \(amendment.at.forPeople): \(amendment.terminals.of("terminal")) from then on (\(counts))"]
      + checks + files + ["\(before) inspected before it"]).joined(separator: "; ")
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(most).joined(separator: ", ")
    let rest = names.count - min(most, names.count)
    return rest > 0 ? "\(shown) and \(rest.grouped) more" : shown
  }
}
