/// Reads `or` < `and` < `not` < parentheses, by recursive descent.
struct SelectionParser {
  /// Parentheses and `not` nest no deeper: nobody writes that, and a stack must not overflow on what somebody sent.
  static let deepest = 100

  private let tokens: [SelectionToken]
  private var index = 0

  init(_ text: String) throws(SelectionError) { tokens = try SelectionLexer.tokens(of: text) }

  /// `nil` where there is nothing but spaces.
  mutating func parse() throws(SelectionError) -> SelectionExpression? {
    if token.kind == .end { return nil }
    let expression = try disjunction(depth: 0)
    guard token.kind == .end else {
      if token.kind == .closing { throw error("closing parenthesis without its pair", fix: "remove it") }
      throw error("two terms with nothing between them", fix: "write and or or between them (in lower case)")
    }
    return expression
  }

  private var token: SelectionToken { tokens[index] }

  private mutating func disjunction(depth: Int) throws(SelectionError) -> SelectionExpression {
    var members = [try conjunction(depth: depth)]
    while accept(.or) { members.append(try conjunction(depth: depth)) }
    return members.count == 1 ? members[0] : .any(members)
  }

  private mutating func conjunction(depth: Int) throws(SelectionError) -> SelectionExpression {
    var members = [try negation(depth: depth)]
    while accept(.and) { members.append(try negation(depth: depth)) }
    return members.count == 1 ? members[0] : .all(members)
  }

  private mutating func negation(depth: Int) throws(SelectionError) -> SelectionExpression {
    guard depth < Self.deepest else {
      throw error("parentheses or nots nested deeper than \(Self.deepest)", fix: "write a simpler selection")
    }
    if accept(.not) { return .not(try negation(depth: depth + 1)) }
    if accept(.opening) { return try parenthesised(depth: depth) }
    guard case .word(let word) = token.kind else {
      throw error("a term is missing", fix: "write one, such as site:tokyo")
    }
    let term = try SelectionTerm(word, at: token.position)
    index += 1
    return .term(term)
  }

  private mutating func parenthesised(depth: Int) throws(SelectionError) -> SelectionExpression {
    let opening = tokens[index - 1].position
    let expression = try disjunction(depth: depth + 1)
    guard accept(.closing) else {
      if token.kind != .end {
        throw error("two terms with nothing between them", fix: "write and or or between them (in lower case)")
      }
      throw SelectionError(position: opening, what: "parenthesis without its pair", fix: "close it with )")
    }
    return expression
  }

  private mutating func accept(_ kind: SelectionToken.Kind) -> Bool {
    guard token.kind == kind else { return false }
    index += 1
    return true
  }

  private func error(_ what: String, fix: String) -> SelectionError {
    SelectionError(position: token.position, what: what, fix: fix)
  }
}
