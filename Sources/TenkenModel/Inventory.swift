/// The validated fleet: sites and terminals in the order of their files, and what the fleet sets for all of them.
package struct Inventory: Sendable {
  package let name: String
  package var sites: [Site]
  package var gateways: [Gateway]
  package var terminals: [Terminal]
  package var credentials: [String: Credential]
  package let limits: Limits
  /// Those of the inventory's own file, beside the built-in ones.
  package var profiles: [Profile] = []
  package var waivers: [Waiver] = []
  /// `nil` where the inventory has none: then no connection is judged.
  package var flows: FlowPolicy?
  package var sources: SourceFiles
  /// Of `sources`, by `SourceFiles.digest` of TenkenCrypto.
  package let digest: Digest

  package init(
    name: String, sites: [Site], gateways: [Gateway] = [], terminals: [Terminal],
    credentials: [String: Credential], limits: Limits, sources: SourceFiles, digest: Digest
  ) {
    self.name = name
    self.sites = sites
    self.gateways = gateways
    self.terminals = terminals
    self.credentials = credentials
    self.limits = limits
    self.sources = sources
    self.digest = digest
  }
}
