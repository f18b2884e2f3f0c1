/// Splits a header's value into words at blanks; double quotes keep blanks together, and make an empty word possible.
struct HeaderWords {
  let words: [String]

  /// `nil` where a quote is not closed.
  init?(_ text: String) {
    var words: [String] = []
    var word: String?
    var quoted = false
    for character in text {
      switch character {
      case "\"":
        quoted.toggle()
        word = word ?? ""
      case " ", "\t":
        if quoted { word?.append(character) } else if let done = word { words.append(done); word = nil }
      default:
        word = (word ?? "") + String(character)
      }
    }
    guard !quoted else { return nil }
    if let word { words.append(word) }
    self.words = words
  }
}
