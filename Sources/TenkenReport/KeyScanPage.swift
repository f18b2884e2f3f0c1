internal import TenkenModel

/// A scan for a screen: the figures by site, what differs, and what to do next.
struct KeyScanPage {
  private enum Kind: CaseIterable { case new, onRecord, different, none, pending }

  private let report: KeyScanReport
  private let colour: Bool

  init(_ report: KeyScanReport, colour: Bool) {
    self.report = report
    self.colour = colour
  }

  var text: String {
    var page = ScreenPage(width: 80, colour: colour)
    if !report.isWhole {
      page.paragraph("INCOMPLETE: the scan was interrupted; this is what came until then", .red)
    }
    page.composed(table)
    differences(&page)
    sharing(&page)
    silent(&page)
    next(&page)
    return page.text
  }

  private var table: String {
    var table = TextTable(["site", "hosts", "new", "on record", "DIFFERENT", "no key", "not asked"], numbersFrom: 1)
    let gateways = report.hosts.filter { $0.site == nil }
    if !gateways.isEmpty { table.add(Self.row("(gateways)", gateways)) }
    let bySite = Dictionary(grouping: report.hosts, by: \.site?.id)
    for site in report.inventory.sites {
      if let hosts = bySite[site.id] { table.add(Self.row(site.id.rawValue.fitted(upTo: 24), hosts)) }
    }
    table.add(Self.row("all", report.hosts))
    return table.text
  }

  private static func row(_ name: String, _ hosts: [KeyScanReport.Host]) -> [String] {
    let counts = hosts.reduce(into: [Kind: Int]()) { $0[kind($1), default: 0] += 1 }
    return [name, hosts.count.grouped] + Kind.allCases.map { (counts[$0] ?? 0).grouped }
  }

  private static func kind(_ host: KeyScanReport.Host) -> Kind {
    switch host.answer {
    case .new: .new
    case .onRecord: .onRecord
    case .different: .different
    case .none(.pending, _): .pending
    case .none: .none
    }
  }

  private func differences(_ page: inout ScreenPage) {
    let different = report.hosts.compactMap { host -> String? in
      if case .different(_, let what) = host.answer { "\(host.name): \(what)" } else { nil }
    }
    guard !different.isEmpty else { return }
    page.paragraph(
      "DIFFERENT from what is on record, and so behind # in the output. Ask the owner, in person, before a line is "
        + "changed:", .red)
    for line in different { page.paragraph(line, lead: "  ") }
    page.gap()
  }

  /// A site may declare that its terminals share keys.
  private func sharing(_ page: inout ScreenPage) {
    let shared = report.sharedKeys.filter { $1.contains { $0.site?.sharesHostKeys != true } }.sorted { $0.key < $1.key }
    guard !shared.isEmpty else { return }
    page.paragraph("One and the same key at several hosts: cloned images, or one machine answering for many:", .yellow)
    for (fingerprint, hosts) in shared {
      let more = hosts.count > 12 ? " and \((hosts.count - 12).grouped) more" : ""
      page.paragraph("\(fingerprint): \(hosts.prefix(12).map(\.name).joined(separator: " "))\(more)", lead: "  ")
    }
    page.gap()
  }

  private func silent(_ page: inout ScreenPage) {
    let reasons = ReasonList(
      report.hosts.compactMap { host in
        guard case .none(let outcome, let reason) = host.answer, outcome != .pending else { return nil }
        return "\(outcome.rawValue): \(reason)"
      })
    guard !reasons.reasons.isEmpty else { return }
    page.paragraph(reasons.text(most: 5), lead: "No key: ")
    page.gap()
  }

  private func next(_ page: inout ScreenPage) {
    let inventory = report.inventory.sources.origin
    let new = report.hosts.contains { Self.kind($0) == .new }
    page.paragraph(
      new
        ? "Next: compare the fingerprints, append the lines to \("\(inventory)/known_hosts".shellWord), and see what is "
          + "ready with `tenken probe --inventory \(inventory.shellWord)`."
        : "Nothing new. See what is ready with `tenken probe --inventory \(inventory.shellWord)`.")
  }
}
