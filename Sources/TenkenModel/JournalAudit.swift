/// What an audit of a journal found.
package struct JournalAudit: Sendable {
  /// Of the schema.
  package var version = 0
  package var runs = 0
  package var terminals = 0
  package var attempts = 0
  package var observations = 0
  package var facts = 0
  /// Distinct outputs, whose digests were all worked out anew.
  package var outputs = 0
  /// What they come to, and what they take.
  package var outputBytes = 0
  package var storedBytes = 0
  /// What is wrong, each in a line; empty where the journal verifies.
  package var problems: [String] = []

  package init() {}
}
