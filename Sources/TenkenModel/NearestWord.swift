/// What somebody meant who mistyped a word.
package enum NearestWord {
  /// The one of `words` that takes the fewest changes of a letter, when they are few; the first of several.
  package static func to(_ word: String, among words: [String]) -> String? {
    let most = max(1, letters(of: word).count / 3)
    let ranked = words.map { (word: $0, changes: changes(from: word, to: $0)) }
    guard let best = ranked.min(by: { $0.changes < $1.changes }), best.changes <= most else { return nil }
    return best.word
  }

  /// Letters to add, remove, replace or swap with their neighbour (the optimal string alignment distance), counting
  /// only letters and digits, in lower case: `timezone` is `time-zone`.
  package static func changes(from word: String, to other: String) -> Int {
    let word = letters(of: word)
    let other = letters(of: other)
    var rows = [Array(0...other.count)]
    for row in word.indices.map({ $0 + 1 }) {
      rows.append([row])
      for column in other.indices.map({ $0 + 1 }) {
        let replaced = rows[row - 1][column - 1] + (word[row - 1] == other[column - 1] ? 0 : 1)
        var best = min(replaced, rows[row - 1][column] + 1, rows[row][column - 1] + 1)
        if row > 1, column > 1, word[row - 1] == other[column - 2], word[row - 2] == other[column - 1] {
          best = min(best, rows[row - 2][column - 2] + 1)
        }
        rows[row].append(best)
      }
    }
    return rows[word.count][other.count]
  }

  /// Only the first 64: no word that is looked for is longer.
  private static func letters(of word: String) -> [Character] {
    Array(word.lowercased().filter { $0.isLetter || $0.isNumber }.prefix(64))
  }
}
