/// What one check said on one terminal, judged: result, message and facts beside the raw bytes that they came from.
package struct Observation: Sendable, Hashable {
  package let check: ID<Check>
  package let result: CheckResult
  /// One line for people, decoded lossily, never longer than 500 characters. It may hold any character that the
  /// terminal sent: whoever shows it escapes it.
  package let message: String
  package let milliseconds: Int?
  package let facts: [Fact]
  package let stdout: [UInt8]
  package let stderr: [UInt8]

  package init(
    check: ID<Check>, result: CheckResult, message: String, milliseconds: Int?, facts: [Fact] = [],
    stdout: [UInt8] = [], stderr: [UInt8] = []
  ) {
    self.check = check
    self.result = result
    self.message = message
    self.milliseconds = milliseconds
    self.facts = facts
    self.stdout = stdout
    self.stderr = stderr
  }
}

/// A name and a row of values whose columns the check's header declares.
package struct Fact: Sendable, Hashable, Codable {
  package let name: String
  package let values: [String]

  package init(name: String, values: [String]) {
    self.name = name
    self.values = values
  }
}
