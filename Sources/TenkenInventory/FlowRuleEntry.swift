internal import TenkenModel

/// An entry of `flows` in `policy.yaml`.
enum FlowRuleEntry {
  static let keys = ["from", "to", "ports", "who", "why", "until"]

  static func rule(
    _ section: YAMLSection, sites: SitesFile, zones: Set<String>, _ log: inout ProblemLog
  ) -> FlowPolicy.Rule? {
    for (key, example) in [
      ("from", "from: [SITE]"), ("to", "to: [SITE]"), ("who", "who: NAME"), ("why", "why: REASON"),
    ] {
      section.demand(key, example: example, &log)
    }
    let (from, to) = (ends("from", section, sites, zones, &log), ends("to", section, sites, zones, &log))
    let texts = section.texts("ports", &log)
    if texts.isEmpty, section.keys.contains(where: { $0.value == "ports" }) {
      section.add(section.line, "ports of a flow names none", fix: "name some, or remove the key: every port", &log)
    }
    let ports = texts.compactMap { log.value(of: $0, Self.ports) }
    let until = section.value("until", &log) { text throws(Malformed) in
      guard let end = Timestamp(endOfDay: text) else {
        throw Malformed(what: "\(text.quoted) is no day", fix: "write it as 2026-12-31; the flow ends with that day")
      }
      return end
    }
    let (who, why) = (section.text("who", &log), section.text("why", &log))
    guard let who, let why else { return nil }
    return FlowPolicy.Rule(
      from: from, to: to, ports: ports, who: who.value, why: why.value, until: until,
      place: log.place(PolicyFile.path, section.line))
  }

  private static func ends(
    _ key: String, _ section: YAMLSection, _ sites: SitesFile, _ zones: Set<String>, _ log: inout ProblemLog
  ) -> [FlowPolicy.End] {
    let texts = section.texts(key, &log)
    if texts.isEmpty, section.keys.contains(where: { $0.value == key }) {
      section.add(section.line, "\(key) of a flow names nothing", fix: "write \(key): [SITE]", &log)
    }
    return texts.compactMap { text in
      switch text.value {
      case "any-site": return .anySite
      case "internet": return .zone(.internet)
      case "unassociated": return .zone(.unassociated)
      case let name where zones.contains(name): return .zone(.named(name))
      default: break
      }
      if case .position(let position) = sites.lookup(text.value) {
        return .zone(.site(sites.entries[position].site.id))
      }
      if case .unknown = sites.lookup(text.value) {
        let near = sites.nearest(to: text.value) ?? NearestWord.to(text.value, among: zones.sorted())
        log.add(
          text.file, text.line, "\(key) names \(text.value.quoted), which is no site and no zone",
          fix: near.map { "write \($0)" } ?? "write a site, a zone, any-site, internet or unassociated")
      }
      return nil
    }
  }

  /// `443`, `8000-8099`, `53/udp`.
  private static func ports(_ text: String) throws(Malformed) -> FlowPolicy.Ports {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count < 3, let layer = parts.count == 1 ? .tcp : FlowPolicy.Layer(rawValue: String(parts[1])) else {
      throw Malformed(what: "bad ports \(text.quoted)", fix: "write 443, 8000-8099 or 53/udp")
    }
    let ends = try parts[0].split(separator: "-", omittingEmptySubsequences: false).map { end throws(Malformed) in
      try Port.number(String(end))
    }
    guard let first = ends.first, let last = ends.last, ends.count < 3, first <= last else {
      throw Malformed(what: "bad ports \(text.quoted)", fix: "write the lower number first, such as 8000-8099")
    }
    return FlowPolicy.Ports(first...last, over: layer)
  }
}
