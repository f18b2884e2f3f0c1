internal import TenkenModel

/// `gateways:` of `sites.yaml`: the jump hosts, by id, in the order of the file.
struct GatewayRegister {
  private static let keys = ["address", "port", "credential", "host-key", "limits"]

  private(set) var entries: [GatewayEntry] = []
  /// Those that stand in the file but cannot be read are known as well: that they are bad is said once.
  private var names: [Located<String>] = []
  /// The whole of them stands in the file and cannot be read.
  private let isUnreadable: Bool

  init(_ root: YAMLSection, fleet: FleetFile?, _ log: inout ProblemLog) {
    let section = root.section("gateways", title: "the gateways", known: nil, &log)
    isUnreadable = section == nil && root.keys.contains { $0.value == "gateways" }
    guard let section else { return }
    names = section.keys
    for name in names {
      let title = "gateway \(name.value.quoted)"
      guard let id = ID<Gateway>(name.value) else {
        section.add(
          name.line, "bad id \(name.value.quoted) of a gateway", fix: "write \(ID<Gateway>.rule)", &log)
        continue
      }
      guard let gateway = section.section(name.value, title: title, known: Self.keys, &log) else { continue }
      if let entry = GatewayEntry(id, gateway, fleet: fleet, &log) { entries.append(entry) }
    }
  }

  /// The way of a site, which logs what is wrong with it.
  func path(_ site: YAMLSection, _ log: inout ProblemLog) -> [Located<GatewayEntry>] {
    let texts = site.texts("gateways", &log)
    for (index, text) in texts.enumerated() where texts[..<index].contains(where: { $0.value == text.value }) {
      log.add(
        text.file, text.line, "gateway \(text.value.quoted) stands on the way a second time",
        fix: "write each gateway once, in the order in which they are passed")
    }
    return texts.compactMap { text in
      guard let entry = entries.first(where: { $0.gateway.id.rawValue == text.value }) else {
        refuseUnknown(text, &log)
        return nil
      }
      return Located(value: entry, file: text.file, line: text.line)
    }
  }

  private func refuseUnknown(_ name: Located<String>, _ log: inout ProblemLog) {
    let known = names.map(\.value)
    guard !isUnreadable, !known.contains(name.value) else { return }
    let nearest = NearestWord.to(name.value, among: known).map { "write \($0), or add" } ?? "add"
    log.add(
      name.file, name.line, "unknown gateway \(name.value.quoted)",
      fix: "\(nearest) the gateway to the gateways of \(SitesFile.path)")
  }

  /// Logs those that no site is behind: a site that was meant to be would be contacted directly.
  func refuseUnused(by sites: [Site], _ log: inout ProblemLog) {
    let used = Set(sites.flatMap(\.gateways).map(\.rawValue))
    for name in names where !used.contains(name.value) {
      log.add(
        name.file, name.line, "no site is behind gateway \(name.value.quoted)",
        fix: "name it in the gateways of a site, or remove it")
    }
  }
}
