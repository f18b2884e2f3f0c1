package import TenkenModel

/// What became of one planned check on one terminal.
package struct CheckAnswer: Sendable, Hashable {
  package let check: ID<Check>
  /// `nil`: nothing was heard of it, although it was planned.
  package let result: CheckResult?
  /// What the check said, as the terminal sent it: whoever shows it escapes it.
  package let message: String

  package init(check: ID<Check>, result: CheckResult?, message: String) {
    self.check = check
    self.result = result
    self.message = message
  }

  /// Whether the question stays open: an error, an unknown, a check that did not run or was not heard of.
  package var isOpen: Bool { result?.isDefinite != true }

  /// `error`, `not-checked`, ... and `missing` where there is no result.
  package var word: String { result?.rawValue ?? "missing" }
}
