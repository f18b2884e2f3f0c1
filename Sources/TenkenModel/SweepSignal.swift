/// What whoever runs a sweep may tell it.
package enum SweepSignal: Sendable, Hashable {
  /// Start nothing new; let what is in flight finish, within the drain's deadline.
  case drain
  /// Let go of everything at once.
  case stop
}
