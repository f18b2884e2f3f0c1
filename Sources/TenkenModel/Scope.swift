/// What one sweep is asked to do: everything of the command line that decides what is contacted, with which checks
/// and under which limits. The journal keeps it; a resume plans from it.
package struct Scope: Sendable, Hashable, Codable {
  package enum Transport: String, Sendable, Hashable, Codable, CaseIterable {
    /// Tenken's own client, and where that lacks an algorithm, or a site asks for it, the system's ssh(1).
    case ssh
    /// The system's ssh(1) everywhere.
    case openssh
    /// This machine only.
    case local
    /// Nothing is contacted.
    case rehearsal
  }

  /// A name for people; may be empty.
  package var name: String
  /// The selection as it was written, empty for every terminal.
  package var selection: String
  /// How many of the selected terminals are drawn by chance; `nil`: all of them.
  package var sample: Int?
  /// Ids and tags of checks; empty: every light check of the catalogue.
  package var checks: [String]
  /// The profile that says which checks go where, and with which values; `nil` for the usual one. Where checks are
  /// named it gives values only.
  package var profile: String?
  package var limits: Limits
  /// Overrides the user of the terminals' credentials, not that of the gateways.
  package var user: String?
  /// Overrides the identity of the terminals' credentials, not that of the gateways, with this key file.
  package var identity: String?
  package var transport: Transport
  /// Whether a host key that is not on record is taken on first sight; what it proves is marked as unproven.
  package var recordsNewKeys: Bool
  /// The ssh_config(5) file that the system's ssh(1) is to honour; `nil` for none.
  package var sshConfig: String?
  /// Of everything random but the nonces: retry jitter, the faults of a rehearsal.
  package var seed: UInt64

  package init(
    name: String = "", selection: String = "", sample: Int? = nil, checks: [String] = [], profile: String? = nil,
    limits: Limits = Limits(),
    user: String? = nil, identity: String? = nil, transport: Transport = .ssh,
    recordsNewKeys: Bool = false, sshConfig: String? = nil, seed: UInt64 = 0
  ) {
    self.name = name
    self.selection = selection
    self.sample = sample
    self.checks = checks
    self.profile = profile
    self.limits = limits
    self.user = user
    self.identity = identity
    self.transport = transport
    self.recordsNewKeys = recordsNewKeys
    self.sshConfig = sshConfig
    self.seed = seed
  }

  /// A journal that is older than a wish does without it.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try values.decode(String.self, forKey: .name),
      selection: try values.decode(String.self, forKey: .selection),
      sample: try values.decodeIfPresent(Int.self, forKey: .sample),
      checks: try values.decode([String].self, forKey: .checks),
      profile: try values.decodeIfPresent(String.self, forKey: .profile),
      limits: try values.decode(Limits.self, forKey: .limits),
      user: try values.decodeIfPresent(String.self, forKey: .user),
      identity: try values.decodeIfPresent(String.self, forKey: .identity),
      transport: try values.decode(Transport.self, forKey: .transport),
      recordsNewKeys: try values.decodeIfPresent(Bool.self, forKey: .recordsNewKeys) ?? false,
      sshConfig: try values.decodeIfPresent(String.self, forKey: .sshConfig),
      seed: try values.decode(UInt64.self, forKey: .seed))
  }
}
