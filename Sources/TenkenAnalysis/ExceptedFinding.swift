package import TenkenModel

/// A failure that somebody answers for, until a date: no longer open, and no pass.
package struct ExceptedFinding: Sendable, Hashable {
  package let finding: OpenFinding
  package let waiver: Waiver
}
