/// How many letters differ between what was written and what was meant (Levenshtein's distance).
enum EditDistance {
  /// The candidates that `word` may have meant, the nearest first, at most three: those that contain it, and those
  /// that no more than a third of its letters separate from it.
  static func nearest(to word: String, among candidates: [String]) -> [String] {
    let word = word.lowercased()
    let ranked = candidates.compactMap { candidate -> (distance: Int, candidate: String)? in
      let distance = between(word, candidate.lowercased())
      let contained = word.count >= 3 && candidate.lowercased().contains(word)
      return contained || distance <= max(1, word.count / 3) ? (contained ? 0 : distance, candidate) : nil
    }
    return ranked.sorted { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }.prefix(3).map(\.candidate)
  }

  static func between(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let substituted = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
