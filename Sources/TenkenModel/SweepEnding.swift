/// How a run of a sweep ended.
package enum SweepEnding: Sendable, Hashable {
  /// Every terminal of the plan has its outcome.
  case finished
  /// Stopped on request after what was in flight had finished; so many terminals are left for a resume.
  case drained(pending: Int)
  /// So many terminals are left whose sites were given up for this run, as the way to them failed; everybody else has
  /// an outcome. A resume tries them again.
  case waiting(pending: Int)
  /// Stopped at once; what was in flight is done again by a resume.
  case stopped
}
