/// Finds what a misspelt word was meant to be.
enum Spelling {
  /// The word with the fewest edits to `word`, at most a third of its length; `nil` where none is that near.
  static func nearest(to word: String, among words: [String]) -> String? {
    let best = words.map { (word: $0, distance: distance(word, $0)) }.min { $0.distance < $1.distance }
    guard let best, best.distance <= max(1, word.utf8.count / 3) else { return nil }
    return best.word
  }

  /// Levenshtein's distance in bytes, a row at a time.
  static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (index, byte) in left.utf8.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let substitution = diagonal + (byte == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substitution, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
