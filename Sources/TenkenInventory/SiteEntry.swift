internal import TenkenModel

/// A site of `sites.yaml`, ready for its terminals.
struct SiteEntry {
  static let keys = ["name", "country", "time-zone", "networks", "limits", "defaults", "host-key-shared"]

  let site: Site
  let defaults: SiteDefaults
  /// `nil` where a network of the site cannot be read: then no address is held against the others.
  private let policy: AddressPolicy?

  init(_ id: ID<Site>, _ section: YAMLSection, fleet: FleetFile?, _ log: inout ProblemLog) {
    let title = "site \(id.rawValue.quoted)"
    let own = Defaults(
      section.section("defaults", title: "the defaults of \(title)", known: Defaults.keys, &log), &log)
    fleet?.credentials.refuseUnknown(own.credential, &log)
    defaults = own.over(fleet?.defaults ?? Defaults())
    let networks = section.texts("networks", &log)
    let readable = networks.compactMap { log.value(of: $0, Network.init(written:)) }
    policy = readable.count == networks.count ? AddressPolicy(readable) : nil
    let limits = section.section("limits", title: "the limits of \(title)", known: LimitsSection.siteKeys, &log)
    site = Site(
      id: id, name: section.text("name", &log)?.value ?? id.rawValue,
      country: Self.value("country", of: section, Self.country, &log) ?? "",
      timeZone: Self.value("time-zone", of: section, Self.timeZone, &log) ?? "UTC",
      networks: readable,
      concurrency: LimitsSection.siteConcurrency(limits, &log),
      sharesHostKeys: Self.value("host-key-shared", of: section, Self.flag, &log) ?? false)
  }

  /// Why the site may have no terminal at `host`. What a name resolves to is not known here.
  func objection(to host: TerminalAddress.Host) -> Malformed? {
    guard case .ip(let address) = host, let objection = policy?.objection(to: address) else { return nil }
    let networks = site.networks.map(\.description).joined(separator: ", ")
    return Malformed(
      what: "address \(objection)",
      fix: "correct the address or the site, or add its network to those of \(site.id) in \(SitesFile.path)"
        + (networks.isEmpty ? "" : " (\(networks))"))
  }

  private static func value<Value>(
    _ key: String, of section: YAMLSection, _ read: (String) throws(Malformed) -> Value, _ log: inout ProblemLog
  ) -> Value? {
    section.text(key, &log).flatMap { log.value(of: $0, read) }
  }

  private static func country(_ text: String) throws(Malformed) -> String {
    guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      throw Malformed(
        what: "bad country \(text.quoted)", fix: "write the two capital letters of ISO 3166-1, such as JP, TH or US")
    }
    return text
  }

  /// Whether the zone exists is for whoever shows a time in it: the zones of two machines need not be the same.
  private static func timeZone(_ text: String) throws(Malformed) -> String {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      part.first.map { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) } == true
        && part.allSatisfy { $0.isWordByte || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    }
    guard text == "UTC" || (isName && (2...3).contains(parts.count)) else {
      throw Malformed(
        what: "bad time zone \(text.quoted)", fix: "write UTC or a name of the IANA database, such as Asia/Tokyo")
    }
    return text
  }

  private static func flag(_ text: String) throws(Malformed) -> Bool {
    switch text {
    case "true": return true
    case "false": return false
    default: throw Malformed(what: "bad host-key-shared \(text.quoted)", fix: "write true or false")
    }
  }
}

extension UInt8 {
  /// A letter, a digit or an underscore of ASCII.
  fileprivate var isWordByte: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) || self == 0x5F
  }
}
