/// One sweep of a state directory, as a list shows it.
package struct SweepSummary: Sendable {
  package enum Standing: Sendable, Hashable {
    /// A process owns it now.
    case running(processID: Int32?)
    /// Every terminal has its final outcome.
    case finished
    /// Something is left to do, and nobody is at it.
    case unfinished
    /// Cut off before anything was recorded and anyone was contacted; the directory can be removed.
    case notBegun
    case unreadable(Failure)
  }

  package let id: ID<SweepManifest>
  package let standing: Standing
  /// `nil` where the journal cannot be read.
  package let manifest: SweepManifest?
  /// Sums to the inventory; empty where the journal cannot be read.
  package let outcomes: [Outcome: Int]

  package init(
    id: ID<SweepManifest>, standing: Standing, manifest: SweepManifest? = nil, outcomes: [Outcome: Int] = [:]
  ) {
    self.id = id
    self.standing = standing
    self.manifest = manifest
    self.outcomes = outcomes
  }
}
