package import TenkenChecks
internal import TenkenModel

/// How one fixture went under one shell.
package struct FixtureTrial: Sendable, Hashable {
  package enum Ending: Sendable, Hashable {
    case asExpected(milliseconds: Int?)
    case different([FixtureDifference])
    /// The answer could not be had, and the reason is not one of the machine: the plant failed, a check hung.
    case broken(String)
    /// Not run here, and why.
    case skipped(String)
  }

  package let fixture: Fixture
  /// What played `sh`; the interpreter of a check that is not written for `sh`.
  package let shell: String
  package let ending: Ending
}
