/// What a running sweep tells whoever watches: progress, never evidence. Terminals go by their index in the inventory.
package enum SweepEvent: Sendable {
  case contacting(terminal: Int, attempt: Int)
  /// Committed to the journal: only now does the terminal count.
  case recorded(terminal: Int, attempt: Attempt)
  /// A gateway on its way could not be passed: it was not contacted, and nothing is recorded of it.
  case turnedBack(terminal: Int)
  /// What keeps these sites from being contacted, or does no longer, for one and the same cause; recorded. Where they
  /// are held, one terminal of them tries again after `nextTry`.
  case conditions([SiteCondition], nextTry: Duration?)
  /// The hours of a site have ended, or have begun where `opensIn` is `nil`: outside of them no contact begins there.
  case hours(ID<Site>, opensIn: Duration?)
  /// The time that the run may take is over: it drains.
  case overdue(Duration)
  /// No new terminals; those in flight finish.
  case draining(inFlight: Int)
}
