extension StringProtocol {
  /// Between quotation marks, for a message about what somebody wrote; long text is cut.
  package var quoted: String { "\"\(String(self).escapedForPeople(maxLength: 60))\"" }
}
