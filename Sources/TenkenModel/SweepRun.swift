/// One process that owned a sweep: when, and how it ended.
package struct SweepRun: Sendable, Hashable {
  package enum Ending: String, Sendable, Hashable, CaseIterable {
    /// Every terminal has its final outcome.
    case finished
    /// Asked to stop: those in flight were recorded.
    case drained
    /// What is left waits for something that is not in its hands, such as a gateway that is down.
    case waiting
    /// Stopped at once; those in flight will be contacted again.
    case stopped
    /// Ended by an error.
    case failed
  }

  /// 1 for the process that began the sweep.
  package let number: Int
  package let started: Timestamp
  package let processID: Int32
  /// The version of Tenken.
  package let tool: String
  /// `nil` where the process was killed, or is still at it.
  package let ended: Timestamp?
  package let ending: Ending?
  /// Limits that a person had it go beyond, sorted as they are written.
  package let overrides: [LimitOverride]

  package init(
    number: Int, started: Timestamp, processID: Int32, tool: String, ended: Timestamp?, ending: Ending?,
    overrides: [LimitOverride] = []
  ) {
    self.number = number
    self.started = started
    self.processID = processID
    self.tool = tool
    self.ended = ended
    self.ending = ending
    self.overrides = overrides
  }
}
