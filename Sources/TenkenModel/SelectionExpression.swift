/// Conditions joined by `and`, `or` and `not`, as a tree that is at most `SelectionParser.deepest` deep.
indirect enum SelectionExpression: Sendable, Hashable {
  case term(SelectionTerm)
  case not(SelectionExpression)
  /// Two or more.
  case all([SelectionExpression])
  /// Two or more.
  case any([SelectionExpression])

  func matches(_ subject: Selection.Subject) -> Bool {
    switch self {
    case .term(let term): term.matches(subject)
    case .not(let expression): !expression.matches(subject)
    case .all(let expressions): expressions.allSatisfy { $0.matches(subject) }
    case .any(let expressions): expressions.contains { $0.matches(subject) }
    }
  }

  var terms: [SelectionTerm] {
    switch self {
    case .term(let term): [term]
    case .not(let expression): expression.terms
    case .all(let expressions), .any(let expressions): expressions.flatMap(\.terms)
    }
  }

  /// With no more parentheses than it needs.
  var written: String {
    switch self {
    case .term(let term): term.written
    case .not(let expression): "not \(expression.enclosed)"
    case .all(let expressions): expressions.map(\.enclosed).joined(separator: " and ")
    case .any(let expressions):
      expressions.map { if case .any = $0 { $0.enclosed } else { $0.written } }.joined(separator: " or ")
    }
  }

  private var enclosed: String {
    switch self {
    case .term, .not: written
    case .all, .any: "(\(written))"
    }
  }
}
