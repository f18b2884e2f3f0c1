internal import TenkenAnalysis
internal import TenkenModel

/// Who connected to whom: the cells, the connections that nobody answers for, and the addresses that nobody lists.
package struct FlowsPage {
  private let report: Report
  private let matrix: FlowMatrix
  private let cells: [FlowMatrix.Cell]
  private let flows: [Flow]
  private let shadows: [FlowMatrix.Shadow]

  package init(_ report: Report) {
    self.report = report
    matrix = report.assessment.flows
    (cells, flows, shadows) = matrix.touching(Set(report.sites.map(\.site.id)), in: report.inventory)
  }

  /// - Parameter most: how many flows and shadow terminals are shown; what is left out is counted.
  package func text(most: Int) -> String {
    var page = ScreenPage(width: 80, colour: false)
    page.remarks(on: report)
    page.sweep(report.manifest)
    page.paragraph(matrix.ground)
    guard matrix.isAsked else { return page.text }
    page.gap()
    return page.text + table + rest(most: most)
  }

  private var table: String {
    var table = TextTable(
      ["from", "to"] + Flow.Verdict.allCases.map(\.rawValue) + ["hosts", "last seen"], numbersFrom: 2)
    for cell in cells {
      let counts = Flow.Verdict.allCases.map { cell[$0] == 0 ? "·" : cell[$0].grouped }
      table.add(
        [cell.from.name.fitted(upTo: 24), cell.to.name.fitted(upTo: 24)] + counts
          + [cell.hosts.count.grouped, cell.last?.date ?? ""])
    }
    return cells.isEmpty ? "" : table.text
  }

  private func rest(most: Int) -> String {
    var page = ScreenPage(width: 80, colour: false)
    let unseen = matrix.unseenPairs(of: matrix.bases.keys.sorted())
    if report.isWhole, unseen.count > 0 {
      let pairs = unseen.count == 1 ? "1 pair of sites" : "\(unseen.count.grouped) pairs of sites"
      page.paragraph(
        "and nothing was seen between \(pairs)"
          + (unseen.unobserved == 0 ? "" : ", of which \(unseen.unobserved.grouped) nobody observed at either end"))
    }
    let bases = report.sites.compactMap { site in
      matrix.base(of: .site(site.site.id)).map { "\(site.site.id) \($0)" }
    }
    page.paragraph("resting on: \(bases.joined(separator: ", "))")
    if matrix.inside > 0 { page.paragraph("\(matrix.inside.of("connection")) inside a site: counted only") }
    list(on: &page, most: most)
    list(shadows, on: &page, most: most)
    return page.text
  }

  private func list(on page: inout ScreenPage, most: Int) {
    let told = flows.filter(\.isOpen)
    if told.isEmpty { return }
    page.gap()
    page.line("connections to look at")
    for flow in told.prefix(most) { page.paragraph(description(of: flow), lead: "  \(flow.verdict.rawValue)  ") }
    if told.count > most { page.paragraph("and \((told.count - most).grouped) more: --most \(told.count) shows all") }
  }

  private func description(of flow: Flow) -> String {
    let inventory = report.inventory
    let arrow = flow.isDirected ? "->" : "<->"
    return "\(name(of: flow.from)) \(arrow) \(name(of: flow.to)) \(flow.service): \(flow.what.clipped(to: 160)), last "
      + "\(flow.last.forPeople), told by \(inventory.terminals[flow.observer].id); the other end: \(flow.echo.rawValue)"
  }

  private func name(of end: FlowEnd) -> String {
    guard let terminal = end.terminal else { return "\(end.address) (\(end.zone.name), not in the inventory)" }
    return "\(report.inventory.terminals[terminal].id) (\(end.zone.name), \(end.address))"
  }

  private func list(_ shadows: [FlowMatrix.Shadow], on page: inout ScreenPage, most: Int) {
    if shadows.isEmpty { return }
    page.gap()
    page.line("shadow terminals: addresses of the company's that no inventory lists")
    for shadow in shadows.prefix(most) {
      let names = shadow.seenBy.prefix(5).map { report.inventory.terminals[$0].id.rawValue }
      let rest = shadow.seenBy.count - names.count
      page.paragraph(
        "\(shadow.zone.name), seen by \(names.joined(separator: " "))"
          + (rest > 0 ? " and \(rest.grouped) more" : "") + ", last \(shadow.last.forPeople)",
        lead: "  \(shadow.address)  ")
    }
    let rest = shadows.count - most
    if rest > 0 { page.paragraph("and \(rest.grouped) more: --most \(shadows.count) shows all") }
  }
}
