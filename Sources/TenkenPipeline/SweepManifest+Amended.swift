internal import TenkenModel

extension SweepManifest {
  /// With the inventory and the catalogue that an amendment brought.
  ///
  /// - Parameter terminals: all that the sweep accounts for by then; `nil` for those that are listed.
  func amended(by amendment: Amendment, terminals: Int? = nil) -> SweepManifest {
    SweepManifest(
      id: id, started: started, tool: tool, inventory: amendment.inventory,
      inventoryDigest: amendment.inventoryDigest, catalogueDigest: amendment.catalogueDigest,
      terminals: terminals ?? amendment.terminals, scope: scope)
  }
}
