/// What a sweep was started with: the first thing that its journal holds.
package struct SweepManifest: Sendable, Hashable, Codable {
  package let id: ID<SweepManifest>
  package let started: Timestamp
  /// The version of Tenken that began it.
  package let tool: String
  package let inventory: String
  package let inventoryDigest: Digest
  package let catalogueDigest: Digest
  package let terminals: Int
  package let scope: Scope

  package init(
    id: ID<SweepManifest>, started: Timestamp, tool: String, inventory: String, inventoryDigest: Digest,
    catalogueDigest: Digest, terminals: Int, scope: Scope
  ) {
    self.id = id
    self.started = started
    self.tool = tool
    self.inventory = inventory
    self.inventoryDigest = inventoryDigest
    self.catalogueDigest = catalogueDigest
    self.terminals = terminals
    self.scope = scope
  }
}
