/// Which terminals are meant: set algebra over what the inventory says of them and what sweeps found.
///
/// `site:bangkok and not tag:kiosk`, `jp-[0001-0400]`, `platform:linux or role:server`, `outcome:unreachable@latest`.
/// `not` binds closest, then `and`, then `or`. A word without a colon is an id, an id range or a pattern of ids. The
/// attributes are `id site tag role owner platform country label.NAME outcome state`; `*` in a value stands for any
/// characters; a value in quotation marks may hold spaces, and `\*` in it is a star that is only a star.
package struct Selection: Sendable, Hashable, CustomStringConvertible {
  private let expression: SelectionExpression?

  /// Every terminal.
  package static let everything = Selection()

  private init() { expression = nil }

  /// Empty text selects everything.
  package init(parsing text: String) throws(SelectionError) {
    var parser = try SelectionParser(text)
    expression = try parser.parse()
  }

  package func matches(_ subject: Subject) -> Bool { expression?.matches(subject) ?? true }

  /// The SWEEP of every `outcome:...@SWEEP` and `state:...@SWEEP` in it.
  package var sweeps: Set<String> {
    Set(
      terms.compactMap { condition in
        switch condition {
        case .outcome(_, let sweep), .state(_, let sweep): sweep
        case .attribute, .label: nil
        }
      })
  }

  /// Whether it asks for an outcome or a state without saying of which sweep: it then has a meaning only where there
  /// is one to look at.
  package var usesResults: Bool {
    terms.contains { condition in
      switch condition {
      case .outcome(_, sweep: nil), .state(_, sweep: nil): true
      default: false
      }
    }
  }

  /// The conditions on what the inventory says that none of these terminals fulfils: most likely slips of the pen, and
  /// `not site:tokio` would mean everyone.
  package func vainConditions(among terminals: [Terminal], sites: [ID<Site>: Site]) -> [String] {
    let subjects = terminals.map { Subject(terminal: $0, site: sites[$0.site]) }
    return (expression?.terms ?? []).filter { term in
      switch term.condition {
      case .outcome, .state: false
      case .attribute, .label: !subjects.contains { term.matches($0) }
      }
    }.map(\.written)
  }

  /// Text that `init(parsing:)` reads as the same selection.
  package var description: String { expression?.written ?? "" }

  private var terms: [SelectionTerm.Condition] { expression?.terms.map(\.condition) ?? [] }
}
