package import TenkenModel

/// Whether a sweep could inspect a terminal, and if not, what stands in the way first. Every terminal that was to be
/// probed has exactly one.
package enum Readiness: Sendable, Hashable {
  /// Reached, its host key on record, logged in, a POSIX shell answered, root where a check needs it, its platform as
  /// the inventory says and its clock within `ClockOffset.limit`.
  case ready
  /// The contact did not end `inspected`.
  case outcome(Outcome)
  /// Not contacted: a gateway on its way could not be passed.
  case gateway
  /// Logged in, and what the probe asks was not answered.
  case unanswered
  /// It calls itself another platform than the inventory does, so it would be given the wrong checks.
  case otherPlatform
  /// Checks of the catalogue need root there, and would not get it.
  case withoutRoot
  /// Its clock is too far off, or how far could not be told.
  case clock
}
