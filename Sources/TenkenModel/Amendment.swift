/// A change of what a sweep is planned from, made and recorded while it went on.
package struct Amendment: Sendable, Hashable {
  package enum Change: String, Sendable, Hashable, CaseIterable {
    case added, removed, changed
  }

  /// 1 for the first of a sweep.
  package let number: Int
  package let at: Timestamp
  package let inventory: String
  package let inventoryDigest: Digest
  package let catalogueDigest: Digest
  /// Those that the inventory lists from then on.
  package let terminals: Int
  package let terminalChanges: [Change: Int]
  /// Sorted by id.
  package let checkChanges: [Change: [ID<Check>]]
  /// Every file of inventory and checks that is another than before, whatever it says: `policy.yaml`.
  package var files: [String] = []
  /// Terminals that had been inspected by then, by the checks and for the inventory that there were.
  package let inspectedBefore: Int

  package init(
    number: Int, at: Timestamp, inventory: String, inventoryDigest: Digest, catalogueDigest: Digest, terminals: Int,
    terminalChanges: [Change: Int], checkChanges: [Change: [ID<Check>]], inspectedBefore: Int
  ) {
    self.number = number
    self.at = at
    self.inventory = inventory
    self.inventoryDigest = inventoryDigest
    self.catalogueDigest = catalogueDigest
    self.terminals = terminals
    self.terminalChanges = terminalChanges
    self.checkChanges = checkChanges
    self.inspectedBefore = inspectedBefore
  }
}
