internal import TenkenAnalysis
internal import TenkenJournal
internal import TenkenModel

/// Answers a selection for an inventory, with the outcomes and states of the sweeps that it names.
struct SelectedTerminals {
  private let selection: Selection
  private let sites: [ID<Site>: Site]
  private let inventory: Inventory
  private let past: [String: PastSweep]
  /// The sweep that `outcome:` and `state:` without an `@` are about.
  private let current: PastSweep?

  /// - Parameter current: the assessment that the question is about; `nil` before a sweep began.
  /// - Throws: `Failure` where the text is no selection, or names a sweep that is not there.
  init(
    _ text: String, of inventory: Inventory, in state: StateDirectory, current: Assessment? = nil
  ) throws {
    do throws(SelectionError) {
      selection = try Selection(parsing: text)
    } catch {
      throw Failure(.usage, "cannot read the selection \"\(text)\"", why: "\(error)", next: "See `tenken help list`.")
    }
    guard current != nil || !selection.usesResults else {
      throw Failure(
        .usage, "cannot select by outcome or state here", why: "no sweep was named whose results are meant",
        next: "Write, for instance, outcome:unreachable@latest.")
    }
    self.inventory = inventory
    self.current = current.map { PastSweep($0, of: inventory) }
    sites = Dictionary(uniqueKeysWithValues: inventory.sites.map { ($0.id, $0) })
    if let vain = selection.vainConditions(among: inventory.terminals, sites: sites).first {
      throw Failure(
        .usage, "no terminal of \(inventory.sources.origin) fulfils \(vain)",
        why: "the selection \"\(text)\" asks for it",
        next: "`tenken inventory list \(inventory.sources.origin)` shows sites, tags, roles and owners.")
    }
    var past: [String: PastSweep] = [:]
    for reference in selection.sweeps {
      let archive = try SweepArchive(reference, in: state)
      past[reference] = PastSweep(try archive.assessment(), of: archive.inventory)
    }
    self.past = past
  }

  /// Whether the terminal at this index of the inventory is meant.
  func contains(_ index: Int) -> Bool {
    let terminal = inventory.terminals[index]
    let (past, current) = (past, current)
    return selection.matches(
      Selection.Subject(
        terminal: terminal, site: sites[terminal.site],
        outcome: { sweep in (sweep.map { past[$0] } ?? current)?.outcomes[terminal.id] },
        state: { sweep in (sweep.map { past[$0] } ?? current)?.states[terminal.id] }))
  }

  /// What a selection may ask of a sweep.
  private struct PastSweep: Sendable {
    let outcomes: [ID<Terminal>: Outcome]
    let states: [ID<Terminal>: TerminalState]

    init(_ assessment: Assessment, of inventory: Inventory) {
      let pairs = zip(inventory.terminals, assessment.terminals)
      outcomes = Dictionary(uniqueKeysWithValues: pairs.map { ($0.id, $1.outcome) })
      states = Dictionary(uniqueKeysWithValues: pairs.map { ($0.id, $1.state) })
    }
  }
}
