/// Which checks go to which terminals, under which limits: inventory x catalogue x scope - settled.
package struct Plan: Sendable {
  package enum Disposition: Sendable, Hashable {
    /// To be contacted with the checks of `Plan.checkSets[set]`; `attempts` were made before a resume. Where the last
    /// of them announced the system's ssh, `unsupported` is what it said.
    case inspect(set: Int, attempts: Int, unsupported: String? = nil)
    /// Left out, with the reason: `not selected`.
    case excluded(String)
    /// Has its final outcome from before the interruption.
    case settled(Outcome)
  }

  package let inventory: Inventory
  package let catalogue: Catalogue
  package let limits: Limits
  /// The distinct sets of checks, each sorted by id. A set may be empty: no check for the platform.
  package let checkSets: [[Check]]
  /// One a terminal, in the order of `inventory.terminals`.
  package let dispositions: [Disposition]

  package init(
    inventory: Inventory, catalogue: Catalogue, limits: Limits, checkSets: [[Check]], dispositions: [Disposition]
  ) {
    precondition(dispositions.count == inventory.terminals.count, "every terminal has its disposition")
    self.inventory = inventory
    self.catalogue = catalogue
    self.limits = limits
    self.checkSets = checkSets
    self.dispositions = dispositions
  }
}
