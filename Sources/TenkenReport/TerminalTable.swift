internal import TenkenAnalysis
internal import TenkenModel

/// Every terminal of a site in one table, the worst state first, in the order of the inventory within it.
struct TerminalTable {
  let report: Report
  let site: SiteAssessment

  func render(to sink: inout some ReportSink) {
    sink.write(opening)
    let byState = Dictionary(grouping: site.terminals) { report.assessment.terminals[$0].state }
    for state in TerminalState.worstFirst {
      guard let terminals = byState[state] else { continue }
      sink.write(groupOpening(state, terminals.count))
      for index in terminals { sink.write(row(index)) }
      sink.write("</tbody>\n" as Markup)
    }
    sink.write("</table>\n</section>\n" as Markup)
  }

  private var opening: Markup {
    """
    <section class="block" id="terminals">
    <h2>Every terminal <span>\(site.account.listed.grouped) listed</span></h2>
    <table class="terminals">
    <thead>
    <tr><th scope="col">Terminal</th><th scope="col">Outcome</th><th scope="col" class="seen">What was seen</th></tr>
    </thead>

    """
  }

  private func groupOpening(_ state: TerminalState, _ count: Int) -> Markup {
    """
    <tbody class="\(state.rawValue)">
    <tr class="group"><th colspan="3" scope="rowgroup">\(state.glyph) \(state.rawValue): \(count.of("terminal"))</th></tr>

    """
  }

  private func row(_ index: Int) -> Markup {
    let terminal = report.inventory.terminals[index]
    let assessed = report.assessment.terminals[index]
    let specimen: Markup = terminal.root == nil ? "" : " \(Page.specimen)"
    return """
      <tr id="t-\(terminal.id)"><th scope="row">\(terminal.id)\(specimen)<small>\(place(terminal))</small></th>\
      <td>\(assessed.outcome.rawValue)<small>\(contact(assessed))</small></td>\
      <td class="what">\(seen(assessed))</td></tr>

      """
  }

  private func place(_ terminal: Terminal) -> String {
    let address = terminal.port == 22 ? terminal.address : "\(terminal.address) port \(terminal.port)"
    return ([address, terminal.role, terminal.owner].filter { !$0.isEmpty }).joined(separator: " · ")
  }

  private func contact(_ assessed: TerminalAssessment) -> String {
    guard let last = assessed.lastContact?.upperBound else { return "" }
    return assessed.attempts > 1 ? "\(last.forPeople), attempt \(assessed.attempts)" : last.forPeople
  }

  /// What is open, then what did not answer, or how the checks answered where there is neither.
  private func seen(_ assessed: TerminalAssessment) -> Markup {
    var lines: [Markup] = assessed.open.map { finding in
      """
      <div><span class="state \(finding.severity.rawValue)">\(finding.severity.rawValue)</span> \(finding.subject.id) \
      <span class="told">\(finding.message)</span></div>
      """
    }
    lines += assessed.excepted.map { excepted in
      """
      <div><span class="state excepted">excepted</span> \(excepted.finding.subject.id) \(excepted.terms) \
      <span class="told">\(excepted.finding.message)</span></div>
      """
    }
    if !assessed.reason.isEmpty, !assessed.open.contains(where: { $0.subject.source == "contact" }) {
      lines.append("<div>\(assessed.reason)</div>")
    }
    lines += assessed.unanswered.map { "<div>\($0.check) \($0.word) <span class=\"told\">\($0.message)</span></div>" }
    if assessed.gap == .noIntegrityCheck { lines.append("<div>no integrity check could tell</div>") }
    if lines.isEmpty || assessed.gap == .noIntegrityCheck, !assessed.answers.isEmpty {
      lines.append("<div class=\"told\">\(assessed.answerSummary)</div>")
    }
    return "\(lines)"
  }
}
