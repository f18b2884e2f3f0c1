package import TenkenModel

/// Another inventory or other checks for a sweep that goes on, and how they differ from those that it has.
package struct AmendedInputs: Sendable {
  /// What becomes of one terminal.
  package struct TerminalChange: Sendable, Hashable {
    package let terminal: ID<Terminal>
    package let change: Amendment.Change
    /// The one that it is at from now on; of one that is not listed any more, the one that it was at.
    package let site: ID<Site>
    /// `nil` where it is to be contacted, or has its outcome.
    package let excludedReason: String?

    package init(terminal: ID<Terminal>, change: Amendment.Change, site: ID<Site>, excludedReason: String?) {
      self.terminal = terminal
      self.change = change
      self.site = site
      self.excludedReason = excludedReason
    }
  }

  package struct CheckChange: Sendable {
    /// As it is from now on; one that is not in the catalogue any more, as it was.
    package let check: Check
    package let change: Amendment.Change

    package init(check: Check, change: Amendment.Change) {
      self.check = check
      self.change = change
    }
  }

  package let inventory: Inventory
  package let catalogue: Catalogue
  package let terminals: [TerminalChange]
  package let checks: [CheckChange]

  package init(
    inventory: Inventory, catalogue: Catalogue, terminals: [TerminalChange], checks: [CheckChange]
  ) {
    self.inventory = inventory
    self.catalogue = catalogue
    self.terminals = terminals
    self.checks = checks
  }
}
