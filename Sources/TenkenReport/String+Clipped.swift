extension String {
  /// At most so many characters; what is longer ends in `…`.
  func clipped(to most: Int) -> String { count > most ? "\(prefix(most - 1))…" : self }
}
