extension Int {
  /// `29,000`: digits in groups of three.
  var grouped: String {
    let digits = Array(String(self))
    return digits.enumerated().reduce(into: "") { text, next in
      if next.offset > 0, (digits.count - next.offset) % 3 == 0 { text.append(",") }
      text.append(next.element)
    }
  }

  /// `1 terminal`, `29,000 terminals`.
  func of(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
