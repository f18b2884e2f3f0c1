/// One condition on a terminal: `site:tokyo`, `outcome:unreachable@latest`.
struct SelectionTerm: Sendable, Hashable {
  enum Attribute: String, Sendable, Hashable, CaseIterable {
    case id, site, tag, role, owner, platform, country
  }

  enum Condition: Sendable, Hashable {
    case attribute(Attribute, SelectionPattern)
    case label(String, SelectionPattern)
    /// In the sweep named, or in the one that the question is about.
    case outcome(Outcome, sweep: String?)
    case state(TerminalState, sweep: String?)
  }

  let condition: Condition

  func matches(_ subject: Selection.Subject) -> Bool {
    switch condition {
    case .attribute(let attribute, let pattern): Self.matches(attribute, pattern, subject)
    case .label(let name, let pattern):
      subject.terminal.labels.contains { $0.name == name && pattern.matches($0.value) }
    case .outcome(let outcome, let sweep): subject.outcome(sweep) == outcome
    case .state(let state, let sweep): subject.state(sweep) == state
    }
  }

  private static func matches(
    _ attribute: Attribute, _ pattern: SelectionPattern, _ subject: Selection.Subject
  ) -> Bool {
    let terminal = subject.terminal
    return switch attribute {
    case .id: pattern.matches(terminal.id.rawValue)
    case .site: pattern.matches(terminal.site.rawValue)
    case .tag: terminal.tags.contains { pattern.matches($0) }
    case .role: pattern.matches(terminal.role)
    case .owner: pattern.matches(terminal.owner)
    case .platform: pattern.matches(terminal.platform)
    case .country: subject.site.map { pattern.matches($0.country) } ?? false
    }
  }
}
