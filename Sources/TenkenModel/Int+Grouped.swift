extension Int {
  /// `29,000`: digits in groups of three.
  package var grouped: String {
    let digits = Array(String(magnitude))
    return digits.enumerated().reduce(into: self < 0 ? "-" : "") { text, next in
      if next.offset > 0, (digits.count - next.offset) % 3 == 0 { text.append(",") }
      text.append(next.element)
    }
  }
}
