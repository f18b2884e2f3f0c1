internal import TenkenAnalysis
internal import TenkenModel

/// The section of a page on connections between sites: on the index all of them, on a site's page its own.
struct FlowsMarkup {
  /// A matrix of more sites is wider than a page: then its cells are a list.
  private static let widest = 12
  private static let most = 30

  let links: TerminalLinks

  private var report: Report { links.report }
  private var matrix: FlowMatrix { report.assessment.flows }
  private var sites: [ID<Site>] { links.page.map { [$0] } ?? report.sites.map(\.site.id) }

  /// Nothing where no check of the sweep tells of connections.
  var section: Markup {
    guard matrix.isAsked else { return "" }
    let (cells, flows, shadows) = matrix.touching(Set(sites), in: report.inventory)
    let told = flows.filter(\.isOpen)
    return """
      <section class="block" id="flows">
      <h2>Connections between sites <span>\(told.count.of("connection")) to look at</span></h2>
      <p>\(matrix.ground)</p>
      \(links.page == nil && sites.count <= Self.widest ? grid : list(cells))\(connections(told))\(table(of: shadows))</section>

      """
  }

  /// From each site (a row) to each (a column), with what it rests on.
  private var grid: Markup {
    let heads: [Markup] = sites.map { "<th scope=\"col\">to \($0)</th>" }
    return """
      <table class="flows">
      <thead>
      <tr><th scope="col">From</th>\(heads)</tr>
      </thead>
      <tbody>
      \(sites.map(row))</tbody>
      </table>
      \(list(matrix.cells.filter { $0.from.site == nil || $0.to.site == nil }))
      """
  }

  private func row(_ from: ID<Site>) -> Markup {
    let base = matrix.base(of: .site(from)) ?? ""
    let cells: [Markup] = sites.map { to in from == to ? "<td class=\"own\">\u{2013}</td>" : cell(from, to) }
    return """
      <tr><th scope="row">\(from)<small>\(base)</small></th>\(cells)</tr>

      """
  }

  private func cell(_ from: ID<Site>, _ to: ID<Site>) -> Markup {
    guard let cell = matrix[.site(from), .site(to)] else {
      return "<td class=\"zero\">\(matrix.silence(from: from, to: to))</td>"
    }
    return "<td>\(counts(of: cell))</td>"
  }

  private func counts(of cell: FlowMatrix.Cell) -> Markup {
    let parts: [Markup] = Flow.Verdict.allCases.filter { cell[$0] > 0 }.map { verdict in
      """
      <span class="state \(verdict.state.rawValue)">\(verdict.state.glyph) \(cell[verdict].grouped) \(verdict.rawValue)\
      </span>
      """
    }
    let last = cell.last.map { "last \($0.date)" } ?? ""
    return "\(parts, separator: "<br>")<small>\(cell.hosts.count.of("host")), \(last)</small>"
  }

  private func list(_ cells: [FlowMatrix.Cell]) -> Markup {
    guard !cells.isEmpty else { return links.page == nil ? "" : "<p>None was seen.</p>\n" }
    let rows: [Markup] = cells.map { cell in
      """
      <tr><td>\(end(cell.from))</td><td>\(end(cell.to))</td><td>\(counts(of: cell))</td></tr>

      """
    }
    return """
      <table>
      <thead>
      <tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Seen</th></tr>
      </thead>
      <tbody>
      \(rows)</tbody>
      </table>

      """
  }

  private func end(_ zone: FlowZone) -> Markup {
    let base: Markup = matrix.base(of: zone).map { "<small>\($0)</small>" } ?? ""
    return "\(zone.name)\(base)"
  }

  private func connections(_ flows: [Flow]) -> Markup {
    guard !flows.isEmpty else { return "" }
    let rest = flows.count - Self.most
    let more: Markup =
      rest > 0 ? "<p>And \(rest.grouped) more: <code>tenken flows \(report.manifest.id)</code> has them all.</p>\n" : ""
    return """
      <table>
      <thead>
      <tr><th scope="col">Verdict</th><th scope="col">From</th><th scope="col">To</th><th scope="col">What was seen</th></tr>
      </thead>
      <tbody>
      \(flows.prefix(Self.most).map(row))</tbody>
      </table>
      \(more)
      """
  }

  private func row(_ flow: Flow) -> Markup {
    let way: Markup = flow.isDirected ? "" : "direction unknown; "
    return """
      <tr><td><span class="state \(flow.verdict.state.rawValue)">\(flow.verdict.state.glyph) \(flow.verdict.rawValue)</span>\
      </td><td>\(name(flow.from))</td><td>\(name(flow.to))</td>\
      <td>\(way)port \(flow.service): \(flow.what.clipped(to: 160))<small>last \(flow.last.forPeople), told by \
      \(links.name(flow.observer)); the other end: \(flow.echo.rawValue)</small></td></tr>

      """
  }

  private func name(_ end: FlowEnd) -> Markup {
    guard let terminal = end.terminal else {
      return "\(end.address)<small>\(end.zone.name), not in the inventory</small>"
    }
    return "\(links.name(terminal))<small>\(end.zone.name), \(end.address)</small>"
  }

  private func table(of shown: [FlowMatrix.Shadow]) -> Markup {
    guard !shown.isEmpty else { return "" }
    let rows: [Markup] = shown.prefix(Self.most).map { shadow in
      """
      <tr><td>\(shadow.address)</td><td>\(shadow.zone.name)</td>\
      <td>\(links.names(shadow.seenBy, anchor: "#flows"))<small>last \(shadow.last.forPeople)</small></td></tr>

      """
    }
    let rest = shown.count - Self.most
    let more: Markup = rest > 0 ? "<p>And \(rest.grouped) more.</p>\n" : ""
    return """
      <h3>Shadow terminals: addresses of the company's that no inventory lists</h3>
      <table>
      <thead>
      <tr><th scope="col">Address</th><th scope="col">Where</th><th scope="col">Seen by</th></tr>
      </thead>
      <tbody>
      \(rows)</tbody>
      </table>
      \(more)
      """
  }
}
