internal import TenkenModel

/// What a run without a journal brought.
struct Collected<Value: Sendable>: Sendable {
  let ending: SweepEnding
  /// Of terminals that were contacted, that of the last attempt.
  let values: [ID<Terminal>: Value]
  /// By site, what kept it from being contacted to the end.
  private let holds: [ID<Site>: SiteCondition]

  init(ending: SweepEnding, values: [ID<Terminal>: Value], holds: [SiteHold]) {
    self.ending = ending
    self.values = values
    self.holds = Dictionary(holds.map { ($0.site, $0.condition) }) { first, _ in first }
  }

  /// Why a terminal was not contacted, where that is known: a gateway on its way.
  func hold(on terminal: Terminal) -> SiteCondition? { values[terminal.id] == nil ? holds[terminal.site] : nil }

  /// Whether of every terminal is known what it is, or what is in the way.
  var isWhole: Bool {
    switch ending {
    case .finished, .waiting: true
    case .drained, .stopped: false
    }
  }
}
