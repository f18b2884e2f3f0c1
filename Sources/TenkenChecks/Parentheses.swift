/// Tells the `)` that ends a command substitution from one that ends a subshell or a pattern of a `case`.
struct Parentheses {
  private var depth = 0
  /// The depth at which each `case` that is not over stands.
  private var cases: [Int] = []

  /// Whether a `)` here belongs to something that was opened inside.
  var isOpen: Bool { depth > 0 || !cases.isEmpty }

  mutating func follow(_ token: ShellToken, after last: ShellToken?) {
    switch (token.kind, token.text) {
    case (.control, "("): depth += 1
    case (.control, ")"): if depth > 0, cases.last != depth { depth -= 1 }
    case (.word, "case") where last?.isBeforeCommand ?? true: cases.append(depth)
    case (.word, "esac") where last?.isBeforeCommand ?? true: _ = cases.popLast()
    default: break
    }
  }
}
