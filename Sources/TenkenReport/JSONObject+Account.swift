internal import TenkenAnalysis
internal import TenkenModel

extension JSONObject {
  /// An account: soundness, terminals, and their states and outcomes.
  mutating func set(_ account: Account) {
    set("soundness", account.soundness.rawValue)
    set("terminals", account.listed)
    set("states", JSONObject(account.states, order: TerminalState.allCases))
    set("outcomes", JSONObject(account.outcomes, order: Outcome.allCases))
  }

  /// Counts by name, those that are 0 left out.
  init<Key: RawRepresentable<String>>(_ counts: [Key: Int], order: [Key]) {
    self.init()
    for key in order {
      if let count = counts[key], count > 0 { set(key.rawValue, count) }
    }
  }

  /// What keeps a site from being contacted.
  init(_ hold: SiteHold) {
    self.init()
    set("standing", hold.condition.standing.rawValue)
    set("gateway", hold.gateway?.rawValue)
    set("outcome", hold.condition.outcome?.rawValue)
    set("reason", hold.condition.reason)
    set("since", hold.since.description)
  }
}
