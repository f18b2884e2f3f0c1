/// What one sweep is asked to do: everything of the command line that decides what is contacted, with which checks
/// and under which limits. The journal keeps it; a resume plans from it.
package struct Scope: Sendable, Hashable, Codable {
  package enum Transport: String, Sendable, Hashable, Codable, CaseIterable { case ssh, local, rehearsal }

  /// A name for people; may be empty.
  package var name: String
  /// The selection as it was written, empty for every terminal.
  package var selection: String
  /// Ids and tags of checks; empty: every light check of the catalogue.
  package var checks: [String]
  package var limits: Limits
  /// Overrides the user of every credential.
  package var user: String?
  /// Overrides the identity of every credential with this key file.
  package var identity: String?
  package var transport: Transport
  /// Of everything random but the nonces: retry jitter, the faults of a rehearsal.
  package var seed: UInt64

  package init(
    name: String = "", selection: String = "", checks: [String] = [], limits: Limits = Limits(),
    user: String? = nil, identity: String? = nil, transport: Transport = .ssh, seed: UInt64 = 0
  ) {
    self.name = name
    self.selection = selection
    self.checks = checks
    self.limits = limits
    self.user = user
    self.identity = identity
    self.transport = transport
    self.seed = seed
  }
}
