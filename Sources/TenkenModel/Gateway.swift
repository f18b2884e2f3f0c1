/// A jump host: terminals behind it are reached through a connection to it, which they share.
package struct Gateway: Sendable, Hashable {
  package let id: ID<Gateway>
  /// An IPv4 or IPv6 address, or a name to resolve: on the station for the first hop of a path, else by the hop before.
  package let address: String
  package let port: UInt16
  /// The name of the credential in `Inventory.credentials` that logs in here.
  package let credential: String
  /// Host keys pinned in the inventory; when there are any, known_hosts is not asked.
  package let pinnedKeys: [HostKey]
  /// How many terminals are contacted through it at once at most, over all sites behind it.
  package let concurrency: Int

  /// Of a gateway of which nothing else is said.
  package static let usualConcurrency = 50

  package init(
    id: ID<Gateway>, address: String, port: UInt16 = 22, credential: String = "default", pinnedKeys: [HostKey] = [],
    concurrency: Int = Self.usualConcurrency
  ) {
    self.id = id
    self.address = address
    self.port = port
    self.credential = credential
    self.pinnedKeys = pinnedKeys
    self.concurrency = concurrency
  }
}
