/// One thing in which a check's answer is not what its fixture expects. Facts that agree are left out of both sides.
package struct FixtureDifference: Sendable, Hashable {
  /// `result`, `message`, `fact`, `stderr`: the key of `expect` that speaks of it, where there is one.
  package let subject: String
  package let expected: [String]
  package let got: [String]

  package init(_ subject: String, expected: [String], got: [String]) {
    self.subject = subject
    self.expected = expected
    self.got = got
  }
}
