package import TenkenModel

/// What changed for the terminals of a fleet between two sweeps. What was not seen the second time is never told as
/// mended.
package struct SweepComparison: Sendable {
  package enum Change: String, Sendable, CaseIterable {
    /// A worse state, or a finding that was not open before.
    case worsened
    /// It was wholly seen before, and is not now.
    case lost
    /// In the second inventory only.
    case appeared
    /// In the first inventory only.
    case vanished
    /// Wholly seen now, with no finding that was not open before, and better than it was.
    case mended
    /// It was not wholly seen before, is now, and nothing new is open.
    case seen
    case unchanged
  }

  /// A terminal on one of the two sides.
  package struct Side: Sendable {
    package let terminal: Terminal
    package let assessment: TerminalAssessment
  }

  package struct Row: Sendable {
    package let terminal: ID<Terminal>
    package let before: Side?
    package let after: Side?
    package let change: Change
    /// Open after and not before, the worst first.
    package let opened: [OpenFinding]
    /// Open before and answered otherwise after.
    package let closed: [OpenFinding]
    /// Open before, and after nobody could tell.
    package let unconfirmed: [OpenFinding]
    /// Open before, and excepted by a waiver after: it is there still.
    package let waived: [OpenFinding]

    /// Where it is now, or was.
    package var site: ID<Site>? { (after ?? before)?.terminal.site }
  }

  /// In the order of the second inventory, then those of the first that are left, in its order.
  package let rows: [Row]

  package init(
    before: Assessment, of old: Inventory, after: Assessment, of new: Inventory
  ) {
    var earlier: [ID<Terminal>: Side] = [:]
    for (index, terminal) in old.terminals.enumerated() {
      earlier[terminal.id] = Side(terminal: terminal, assessment: before.terminals[index])
    }
    var rows: [Row] = []
    for (index, terminal) in new.terminals.enumerated() {
      let side = Side(terminal: terminal, assessment: after.terminals[index])
      rows.append(Row(before: earlier.removeValue(forKey: terminal.id), after: side))
    }
    for terminal in old.terminals {
      if let side = earlier[terminal.id] { rows.append(Row(vanished: side)) }
    }
    self.rows = rows
  }

  /// How many terminals changed how.
  package func count(of change: Change, at site: ID<Site>? = nil) -> Int {
    rows.count { $0.change == change && (site == nil || $0.site == site) }
  }
}

extension SweepComparison.Row {
  fileprivate init(vanished side: SweepComparison.Side) {
    self.init(
      terminal: side.terminal.id, before: side, after: nil, change: .vanished, opened: [], closed: [],
      unconfirmed: side.assessment.open, waived: [])
  }

  fileprivate init(before: SweepComparison.Side?, after: SweepComparison.Side) {
    let then = before?.assessment.open ?? []
    let now = after.assessment.open
    let opened = now.filter { one in !then.contains { $0.subject == one.subject } }
    let waived = then.filter { after.assessment.excepts($0) }
    let gone = then.filter { one in !(now + waived).contains { $0.subject == one.subject } }
    let closed = gone.filter { after.assessment.answers(for: $0) }
    let unconfirmed = gone.filter { !after.assessment.answers(for: $0) }
    // What is only excepted now, or was not seen again, is there still as far as anybody knows.
    let isGone = unconfirmed.isEmpty && waived.isEmpty
    let change = Self.change(before?.assessment, after.assessment, opened: opened, isGone: isGone)
    self.init(
      terminal: after.terminal.id, before: before, after: after, change: change,
      opened: opened.sorted { $0.severity > $1.severity }, closed: closed, unconfirmed: unconfirmed, waived: waived)
  }

  private static func change(
    _ before: TerminalAssessment?, _ after: TerminalAssessment, opened: [OpenFinding], isGone: Bool
  ) -> SweepComparison.Change {
    guard let before else { return .appeared }
    let isBad = after.state == .suspect || after.state == .unsound
    if opened.contains(where: { $0.severity > .info }) || isBad && after.state.badness > before.state.badness {
      return .worsened
    }
    if before.gap == nil, after.gap != nil { return .lost }
    if after.gap != nil { return .unchanged }
    if before.gap != nil { return after.state.badness < before.state.badness || !isBad ? .seen : .unchanged }
    return isGone && after.state.badness < before.state.badness ? .mended : .unchanged
  }
}

extension TerminalAssessment {
  fileprivate func excepts(_ finding: OpenFinding) -> Bool {
    excepted.contains { $0.finding.subject == finding.subject }
  }

  /// Whether what was asked about a finding was answered this time. A contact's finding is settled by a whole contact.
  fileprivate func answers(for finding: OpenFinding) -> Bool {
    switch finding.subject {
    case .check(let id): answers.contains { $0.check == id && !$0.isOpen && $0.result != .fail }
    // Whether others show its key is not its own to say.
    case .contact(.hostKeyShared): false
    case .contact: outcome == .inspected
    case .gateway: false
    // That it is over does not say who it was.
    case .flow: false
    }
  }
}

extension TerminalState {
  /// By how much it is worse than `sound`; not wholly seen stands between what is known to be good and to be bad.
  fileprivate var badness: Int {
    switch self {
    case .sound: 0
    case .observations, .excepted: 1
    case .undetermined: 2
    case .unsound: 3
    case .suspect: 4
    }
  }
}
