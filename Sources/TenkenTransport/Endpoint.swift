package import TenkenModel

/// Whom to contact, as whom, and how long to wait.
package struct Endpoint: Sendable {
  package let terminal: ID<Terminal>
  package let site: ID<Site>
  package let address: String
  package let port: UInt16
  package let pinnedKeys: [HostKey]
  package let credential: Credential
  /// Those of its site: see `Site.networks`.
  package let networks: [Network]
  /// The jump hosts on the way, the one that the station reaches first.
  package let hops: [Hop]
  package let client: SSHClient
  package let limits: Limits
  /// The number of this contact, 1 for the first: a rehearsal's transient faults heal by it.
  package let attempt: Int
  /// What the transport says by where the contact stands; `nil` where nobody wants to know.
  package let gauge: PhaseGauge?

  package init(
    terminal: ID<Terminal>, site: ID<Site>, address: String, port: UInt16, pinnedKeys: [HostKey] = [],
    credential: Credential, networks: [Network] = [], hops: [Hop] = [], client: SSHClient = .builtIn, limits: Limits,
    attempt: Int = 1, gauge: PhaseGauge? = nil
  ) {
    self.terminal = terminal
    self.site = site
    self.address = address
    self.port = port
    self.pinnedKeys = pinnedKeys
    self.credential = credential
    self.networks = networks
    self.hops = hops
    self.client = client
    self.limits = limits
    self.attempt = attempt
    self.gauge = gauge
  }
}
