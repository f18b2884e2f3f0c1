extension ProblemLog {
  /// What `read` makes of a text; `nil` where it cannot, which is logged at the text's place.
  mutating func value<Value>(
    of text: Located<String>, _ read: (String) throws(Malformed) -> Value
  ) -> Value? {
    do {
      return try read(text.value)
    } catch {
      add(text.file, text.line, error)
      return nil
    }
  }
}
