/// An office or a data centre.
package struct Site: Sendable, Hashable {
  package let id: ID<Site>
  package let name: String
  /// ISO 3166-1 alpha-2, or empty.
  package let country: String
  /// An IANA time zone name, `UTC` where the inventory says nothing.
  package let timeZone: String
  package let networks: [Network]
  /// How many terminals of the site are contacted at once at most; `nil`: the fleet's `per-site`.
  package let concurrency: Int?
  /// Several terminals of the site may show one host key (images, clusters); elsewhere that is a finding.
  package let sharesHostKeys: Bool

  package init(
    id: ID<Site>, name: String, country: String = "", timeZone: String = "UTC", networks: [Network] = [],
    concurrency: Int? = nil, sharesHostKeys: Bool = false
  ) {
    self.id = id
    self.name = name
    self.country = country
    self.timeZone = timeZone
    self.networks = networks
    self.concurrency = concurrency
    self.sharesHostKeys = sharesHostKeys
  }
}
