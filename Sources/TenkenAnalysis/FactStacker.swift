package import TenkenModel

/// Folds the records of a sweep into a stack, in any order and one at a time.
package struct FactStacker: Sendable {
  private struct Value: Hashable {
    let cohort: Int
    let cells: [String]?
  }

  private let fact: String
  private let check: ID<Check>
  private let inventory: Inventory
  private let cohort: FactStack.Cohort
  private let indices: [ID<Terminal>: Int]
  private var names: [String] = []
  private var numbers: [String: Int] = [:]
  private var answered: [Int] = []
  private var holders: [Value: [Int]] = [:]

  /// - Parameter check: the one that declares the fact.
  package init(_ fact: String, of check: ID<Check>, by cohort: FactStack.Cohort, in inventory: Inventory) {
    self.fact = fact
    self.check = check
    self.cohort = cohort
    self.inventory = inventory
    indices = Dictionary(uniqueKeysWithValues: inventory.terminals.enumerated().map { ($1.id, $0) })
  }

  /// Takes the record of a terminal of the inventory, each once.
  package mutating func add(_ record: TerminalRecord) {
    guard let index = indices[record.terminal] else {
      preconditionFailure("\(record.terminal) is not in the inventory of its sweep")
    }
    guard let observation = record.last?.observations.first(where: { $0.check == check }),
      observation.result.isDefinite, observation.result != .notApplicable
    else { return }
    let cohort = number(of: cohortName(of: inventory.terminals[index]))
    answered[cohort] += 1
    let name = fact
    let rows = Set(observation.facts.filter { $0.name == name }.map(\.values))
    for cells in rows { holders[Value(cohort: cohort, cells: cells), default: []].append(index) }
    if rows.isEmpty { holders[Value(cohort: cohort, cells: nil), default: []].append(index) }
  }

  package consuming func finish() -> FactStack {
    let rows = holders.map { value, terminals in
      FactStack.Row(
        cohort: names[value.cohort], values: value.cells, terminals: terminals.sorted(),
        answered: answered[value.cohort])
    }
    let sum = answered.reduce(0, +)
    return FactStack(
      rows: rows.sorted(by: Self.isRarer), answered: sum, silent: inventory.terminals.count - sum)
  }

  private static func isRarer(_ left: FactStack.Row, _ right: FactStack.Row) -> Bool {
    if left.terminals.count != right.terminals.count { return left.terminals.count < right.terminals.count }
    // The same number is rarer among more.
    if left.answered != right.answered { return left.answered > right.answered }
    if left.cohort != right.cohort { return left.cohort < right.cohort }
    return (left.values ?? []).lexicographicallyPrecedes(right.values ?? [])
  }

  private func cohortName(of terminal: Terminal) -> String {
    switch cohort {
    case .fleet: ""
    case .site: terminal.site.rawValue
    case .platform: terminal.platform
    case .role: terminal.role
    }
  }

  private mutating func number(of name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    answered.append(0)
    return names.count - 1
  }
}
