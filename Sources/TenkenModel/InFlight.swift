/// A contact that is being made: with whom, where it stands, and since when. Progress, never evidence.
package struct InFlight: Sendable, Hashable {
  package enum Phase: String, Sendable, Hashable, CaseIterable {
    /// The way through the jump hosts opens.
    case gateway
    case connect
    /// The link is open; nothing of SSH has come.
    case banner
    case keyExchange = "key-exchange"
    case login
    /// The checks run.
    case run
    case close
    /// What it brought waits for the disk.
    case record
  }

  package let terminal: ID<Terminal>
  package let site: ID<Site>
  /// 1 for the first.
  package let attempt: Int
  package let began: Timestamp
  package let phase: Phase
  package let phaseBegan: Timestamp

  package init(
    terminal: ID<Terminal>, site: ID<Site>, attempt: Int, began: Timestamp, phase: Phase, phaseBegan: Timestamp
  ) {
    self.terminal = terminal
    self.site = site
    self.attempt = attempt
    self.began = began
    self.phase = phase
    self.phaseBegan = phaseBegan
  }
}
