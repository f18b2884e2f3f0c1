package import TenkenModel

/// Which checks each terminal of an inventory was to be given.
package struct PlannedChecks: Sendable {
  private let sets: [[ID<Check>]]
  /// Into `sets`, one a terminal in the order of the inventory.
  private let choice: [Int]

  package init(sets: [[ID<Check>]], choice: [Int]) {
    self.sets = sets.map { $0.sorted() }
    self.choice = choice
  }

  /// To each terminal the checks that name its platform.
  package init(of checks: [Check], for terminals: [Terminal]) {
    let platforms = Set(terminals.map(\.platform)).sorted()
    let places = Dictionary(uniqueKeysWithValues: platforms.enumerated().map { ($1, $0) })
    self.init(
      sets: platforms.map { platform in checks.filter { $0.platforms.contains(platform) }.map(\.id) },
      choice: terminals.map { places[$0.platform] ?? 0 })
  }

  /// Sorted.
  subscript(terminal: Int) -> [ID<Check>] { sets[choice[terminal]] }
}
