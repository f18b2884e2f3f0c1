/// One endpoint to inspect, as the inventory lists it.
package struct Terminal: Sendable, Hashable {
  package let id: ID<Terminal>
  /// An IPv4 or IPv6 address, or a name to resolve.
  package let address: String
  package let port: UInt16
  package let site: ID<Site>
  /// The operating system family that checks are chosen by: `linux`, `windows`, `macos`.
  package let platform: String
  package let role: String
  package let owner: String
  package let tags: [String]
  /// Host keys pinned in the inventory; when there are any, known_hosts is not asked.
  package let pinnedKeys: [HostKey]
  /// A specimen root that the checks look at instead of `/`; every report shows it.
  package let root: String?
  /// The name of the credential in `Inventory.credentials` that logs in here.
  package let credential: String
  /// The inventory's further columns, in the order of its header.
  package let labels: [Label]

  package init(
    id: ID<Terminal>, address: String, port: UInt16 = 22, site: ID<Site>, platform: String = "linux",
    role: String = "", owner: String = "", tags: [String] = [], pinnedKeys: [HostKey] = [], root: String? = nil,
    credential: String = "default", labels: [Label] = []
  ) {
    self.id = id
    self.address = address
    self.port = port
    self.site = site
    self.platform = platform
    self.role = role
    self.owner = owner
    self.tags = tags
    self.pinnedKeys = pinnedKeys
    self.root = root
    self.credential = credential
    self.labels = labels
  }
}

/// One further column of the inventory and its value for one terminal.
package struct Label: Sendable, Hashable, Codable {
  package let name: String
  package let value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
