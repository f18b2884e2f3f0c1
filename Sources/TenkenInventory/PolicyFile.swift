internal import TenkenModel

/// `policy.yaml`: which site may connect to which.
enum PolicyFile {
  static let path = "policy.yaml"

  /// `nil` where there is no such file, or where it cannot be read, which is logged.
  ///
  /// - Parameter sites: `nil` where they could not be read: then no name can be held against them.
  static func policy(_ sources: SourceFiles, sites: SitesFile?, _ log: inout ProblemLog) -> FlowPolicy? {
    guard let bytes = sources[path], let sites else { return nil }
    let file = SourceFiles.File(path: path, bytes: bytes)
    guard let root = YAMLSection(file, known: ["severity", "zones", "flows"], &log) else { return nil }
    root.demand("flows", example: "flows: [{from: [bangkok], to: [tokyo], ports: [443], who: NAME, why: REASON}]", &log)
    refuseSitesNamedLikeZones(sites, root, &log)
    let zones = zones(root, sites, &log)
    let rules = root.sections("flows", title: "a flow", known: FlowRuleEntry.keys, &log)
    return FlowPolicy(
      zones: zones,
      rules: rules.compactMap { FlowRuleEntry.rule($0, sites: sites, zones: Set(zones.map(\.name)), &log) },
      severity: root.value("severity", &log, severity) ?? .critical)
  }

  private static func zones(_ root: YAMLSection, _ sites: SitesFile, _ log: inout ProblemLog) -> [FlowPolicy.Zone] {
    guard let section = root.section("zones", title: "the zones", known: nil, &log) else { return [] }
    return section.keys.compactMap { key in
      guard ID<Site>(key.value) != nil, !FlowZone.words.contains(key.value) else {
        section.add(
          key.line, "bad name \(key.value.quoted) of a zone",
          fix: "write \(ID<Site>.rule), and none of \(FlowZone.words.sorted().joined(separator: ", "))", &log)
        return nil
      }
      if case .unknown = sites.lookup(key.value) {
        let networks = section.texts(key.value, &log)
        if networks.isEmpty {
          section.add(key.line, "zone \(key.value.quoted) has no network", fix: "write them as [203.0.113.0/28]", &log)
        }
        let readable = networks.compactMap { log.value(of: $0, Network.init(written:)) }
        for network in readable {
          guard
            let site = sites.entries.map(\.site).first(where: { site in
              site.networks.contains { $0.address == network.address && $0.prefixLength == network.prefixLength }
            })
          else { continue }
          section.add(
            key.line, "zone \(key.value.quoted) has the network \(network), which is that of site \(site.id)",
            fix: "name the site in the flows, or a part of its network here", &log)
        }
        return FlowPolicy.Zone(name: key.value, networks: readable)
      }
      section.add(key.line, "zone \(key.value.quoted) is named like a site", fix: "give it another name", &log)
      return nil
    }
  }

  private static func refuseSitesNamedLikeZones(_ sites: SitesFile, _ root: YAMLSection, _ log: inout ProblemLog) {
    for site in sites.entries.map(\.site.id.rawValue) where FlowZone.words.contains(site) {
      root.add(
        root.line, "the site \(site.quoted) has a name that means something else in a flow policy",
        fix: "give the site another id", &log)
    }
  }

  private static func severity(_ text: String) throws(Malformed) -> Severity {
    guard let severity = Severity(rawValue: text), severity != .info else {
      throw Malformed(what: "bad severity \(text.quoted)", fix: "write critical, high, medium or low")
    }
    return severity
  }
}
