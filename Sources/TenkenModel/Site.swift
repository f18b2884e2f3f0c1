/// An office or a data centre.
package struct Site: Sendable, Hashable {
  package let id: ID<Site>
  package let name: String
  /// ISO 3166-1 alpha-2, or empty.
  package let country: String
  /// An IANA time zone name, `UTC` where the inventory says nothing.
  package let timeZone: String
  /// Where there are any, no terminal outside them is contacted. Loopback, link-local and other addresses that no
  /// terminal has by itself (`SpecialRange`) are contacted only inside a network of these that is itself of that kind;
  /// this holds for the gateways as well. `AddressPolicy` judges.
  package let networks: [Network]
  /// The jump hosts on the way to its terminals, the one that the station reaches first.
  package let gateways: [ID<Gateway>]
  /// `nil`: the sweep's.
  package let client: SSHClient?
  /// How many terminals of the site are contacted at once at most; `nil`: the fleet's `per-site`.
  package let concurrency: Int?
  /// Contacts that begin here each second at most; `nil`: the fleet's.
  package let connectsPerSecond: Int?
  /// Bytes a second to and from here at most, in the mean; `nil`: the fleet's.
  package let bytesPerSecond: Int?
  /// When contacts may begin here, in its time zone; empty: at any time.
  package let windows: [MaintenanceWindow]
  /// Several terminals of the site may show one host key (images, clusters); elsewhere that is a finding.
  package let sharesHostKeys: Bool

  package init(
    id: ID<Site>, name: String, country: String = "", timeZone: String = "UTC", networks: [Network] = [],
    gateways: [ID<Gateway>] = [], client: SSHClient? = nil, concurrency: Int? = nil,
    connectsPerSecond: Int? = nil, bytesPerSecond: Int? = nil, windows: [MaintenanceWindow] = [],
    sharesHostKeys: Bool = false
  ) {
    self.id = id
    self.name = name
    self.country = country
    self.timeZone = timeZone
    self.networks = networks
    self.gateways = gateways
    self.client = client
    self.concurrency = concurrency
    self.connectsPerSecond = connectsPerSecond
    self.bytesPerSecond = bytesPerSecond
    self.windows = windows
    self.sharesHostKeys = sharesHostKeys
  }
}
