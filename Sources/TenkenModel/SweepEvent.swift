/// What a running sweep tells whoever watches: progress, never evidence. Terminals go by their index in the inventory.
package enum SweepEvent: Sendable {
  case contacting(terminal: Int, attempt: Int)
  /// Committed to the journal: only now does the terminal count.
  case recorded(terminal: Int, attempt: Attempt)
  /// No new terminals; those in flight finish.
  case draining(inFlight: Int)
}
