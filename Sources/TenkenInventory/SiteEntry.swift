internal import TenkenModel

/// A site of `sites.yaml`, ready for its terminals.
struct SiteEntry {
  static let keys = [
    "name", "country", "time-zone", "networks", "gateways", "transport", "windows", "limits", "defaults",
    "host-key-shared",
  ]

  let site: Site
  let defaults: SiteDefaults
  /// `nil` where a network of the site cannot be read: then no address is held against the others.
  private let policy: AddressPolicy?

  init(_ id: ID<Site>, _ section: YAMLSection, fleet: FleetFile?, _ gateways: GatewayRegister, _ log: inout ProblemLog)
  {
    let title = "site \(id.rawValue.quoted)"
    let own = Defaults(
      section.section("defaults", title: "the defaults of \(title)", known: Defaults.keys, &log), &log)
    fleet?.credentials.refuseUnknown(own.credential, &log)
    defaults = own.over(fleet?.defaults ?? Defaults())
    let networks = section.texts("networks", &log)
    let readable = networks.compactMap { log.value(of: $0, Network.init(written:)) }
    policy = readable.count == networks.count ? AddressPolicy(readable) : nil
    let path = gateways.path(section, &log)
    let limits = section.section("limits", title: "the limits of \(title)", known: LimitsSection.siteKeys, &log)
    site = Site(
      id: id, name: section.text("name", &log)?.value ?? id.rawValue,
      country: section.value("country", &log, Self.country) ?? "",
      timeZone: section.value("time-zone", &log, Self.timeZone) ?? "UTC",
      networks: readable, gateways: path.map(\.value.gateway.id),
      client: section.value("transport", &log, Self.client),
      concurrency: LimitsSection.ownConcurrency(limits, &log),
      connectsPerSecond: LimitsSection.connectsPerSecond(limits, &log),
      bytesPerSecond: LimitsSection.bytesPerSecond(limits, &log),
      windows: section.texts("windows", &log).compactMap { log.value(of: $0, MaintenanceWindow.init(written:)) },
      sharesHostKeys: section.value("host-key-shared", &log, Self.flag) ?? false)
    for hop in path { judge(hop, &log) }
  }

  private func judge(_ hop: Located<GatewayEntry>, _ log: inout ProblemLog) {
    guard case .ip(let address) = hop.value.host, let objection = policy?.objection(toGateway: address) else { return }
    log.add(
      hop.file, hop.line, "gateway \(hop.value.gateway.id): \(objection)",
      fix: "correct its address, or add its network to those of \(site.id)\(networks)")
  }

  /// Why the site may have no terminal at `address`. What a name resolves to is seen when it is dialled, if it is
  /// dialled from here.
  func objection(to address: TerminalAddress) -> Malformed? {
    switch address.host {
    case .ip(let ip):
      policy?.objection(to: ip).map { objection in
        Malformed(
          what: "address \(objection)",
          fix: "correct the address or the site, or add its network to those of \(site.id) in "
            + "\(SitesFile.path)\(networks)")
      }
    case .name where site.gateways.isEmpty || site.networks.isEmpty: nil
    case .name:
      Malformed(
        what: "address \(address.text.quoted) is a name, which gateway \(site.gateways[site.gateways.count - 1]) would "
          + "look up: nobody could hold what it finds against the networks of site \(site.id)",
        fix: "write the IP address")
    }
  }

  /// For messages; empty where there are none.
  private var networks: String {
    site.networks.isEmpty ? "" : " (\(site.networks.map(\.description).joined(separator: ", ")))"
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

  private static func client(_ text: String) throws(Malformed) -> SSHClient {
    guard let client = SSHClient(rawValue: text) else {
      throw Malformed(
        what: "bad transport \(text.quoted)",
        fix: "write ssh for Tenken's own, or openssh for the system's ssh(1)")
    }
    return client
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
