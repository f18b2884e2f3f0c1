extension Selection {
  /// One terminal, and what is known of it.
  package struct Subject: Sendable {
    package let terminal: Terminal
    /// For its country; `nil` where it is not known, and then no `country:` matches.
    package let site: Site?
    /// Its outcome in a sweep: the one that is given as its id, unique prefix, name or `latest`, or for `nil` the one
    /// that the question is about. `nil` where there is none.
    package let outcome: @Sendable (_ sweep: String?) -> Outcome?
    /// Its state, in the same way.
    package let state: @Sendable (_ sweep: String?) -> TerminalState?

    package init(
      terminal: Terminal, site: Site?, outcome: @escaping @Sendable (_ sweep: String?) -> Outcome? = { _ in nil },
      state: @escaping @Sendable (_ sweep: String?) -> TerminalState? = { _ in nil }
    ) {
      self.terminal = terminal
      self.site = site
      self.outcome = outcome
      self.state = state
    }
  }
}
