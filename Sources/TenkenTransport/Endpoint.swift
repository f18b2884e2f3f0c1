package import TenkenModel

/// Whom to contact, as whom, and how long to wait.
package struct Endpoint: Sendable {
  package let terminal: ID<Terminal>
  package let site: ID<Site>
  package let address: String
  package let port: UInt16
  package let pinnedKeys: [HostKey]
  package let credential: Credential
  package let limits: Limits
  /// The number of this contact, 1 for the first: a rehearsal's transient faults heal by it.
  package let attempt: Int

  package init(
    terminal: ID<Terminal>, site: ID<Site>, address: String, port: UInt16, pinnedKeys: [HostKey] = [],
    credential: Credential, limits: Limits, attempt: Int = 1
  ) {
    self.terminal = terminal
    self.site = site
    self.address = address
    self.port = port
    self.pinnedKeys = pinnedKeys
    self.credential = credential
    self.limits = limits
    self.attempt = attempt
  }
}
