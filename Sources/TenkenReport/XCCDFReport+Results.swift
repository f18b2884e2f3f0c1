internal import TenkenAnalysis
internal import TenkenModel

extension XCCDFReport {
  /// - Parameter facts: those of every terminal.
  func result(of index: Int, facts: Markup) -> Markup {
    let terminal = report.inventory.terminals[index]
    let assessed = report.assessment.terminals[index]
    var markup = opening(
      "terminal.\(terminal.id)", from: assessed.lastContact?.lowerBound, to: assessed.lastContact?.upperBound)
    markup.append(
      """
      <title>\(terminal.id): \(assessed.state.rawValue)</title>
      <remark>\(Self.remark(on: assessed))</remark>
      <target>\(terminal.id)</target>
      <target-address>\(terminal.address)</target-address>
      <target-facts>
      \(Self.facts(of: terminal, assessed))\(facts)</target-facts>

      """)
    for result in report.testedResults(of: index, checks: checks) { markup.append(self.markup(of: result)) }
    markup.append(Self.closing(isSound: assessed.state == .sound))
    return markup
  }

  /// What the contact with a gateway brought to light, which is on no terminal.
  func result(of gateway: ID<Gateway>) -> Markup {
    var markup = opening("gateway.\(gateway)", from: nil, to: nil)
    markup.append(
      """
      <title>The gateway \(gateway)</title>
      <target>\(gateway)</target>

      """)
    for finding in site.findings {
      guard case .gateway(gateway, let contact) = finding.subject else { continue }
      let message = finding.places.first { $0.site == site.site.id }?.message ?? ""
      markup.append(
        self.markup(of: TestedResult(rule: .contactFinding(contact), answer: .result(.fail), message: message)))
    }
    markup.append(Self.closing(isSound: false))
    return markup
  }

  private func opening(_ id: String, from start: Timestamp?, to end: Timestamp?) -> Markup {
    let begun: Markup = start.map { " start-time=\"\($0.description)\"" } ?? ""
    let ended = end ?? report.asOf ?? report.manifest.started
    return """
      <TestResult id="xccdf_tenken_testresult_\(id)"\(begun) end-time="\(ended.description)" \
      test-system="\(report.manifest.tool)" version="\(report.manifest.catalogueDigest.hex)">

      """
  }

  private static func remark(on terminal: TerminalAssessment) -> String {
    let reason = terminal.reason.isEmpty ? "" : ": \(terminal.reason)"
    let gap = terminal.gap.map { "; not wholly seen: \($0.word)" } ?? ""
    return "state \(terminal.state.rawValue); outcome \(terminal.outcome.rawValue)\(reason)\(gap)"
  }

  private static func facts(of terminal: Terminal, _ assessed: TerminalAssessment) -> [Markup] {
    var facts = [
      ("site", terminal.site.rawValue), ("state", assessed.state.rawValue), ("outcome", assessed.outcome.rawValue),
      ("port", "\(terminal.port)"), ("platform", terminal.platform), ("role", terminal.role), ("owner", terminal.owner),
    ]
    if let root = terminal.root { facts.append(("specimen_root", root)) }
    if let key = assessed.hostKey {
      facts.append(("host_key", "\(key.type) \(key.fingerprint) \(key.standing.rawValue)"))
    }
    return facts.map { fact($0.0, $0.1) }
  }

  private func markup(of result: TestedResult) -> Markup {
    let (word, severity) = Self.words(for: result.answer)
    let message: Markup =
      result.message.isEmpty ? "" : "<message severity=\"\(severity)\">\(result.message)</message>\n"
    return """
      <rule-result idref="\(Self.id(of: result.rule))" severity="\(self.severity(of: result.rule))">
      <result>\(word)</result>
      \(message)</rule-result>

      """
  }

  /// The spelling of XCCDF (table 26), and the severity of the message.
  private static func words(for answer: TestedResult.Answer) -> (String, String) {
    switch answer {
    case .notSelected: ("notselected", "info")
    case .missing: ("notchecked", "error")
    case .result(.pass): ("pass", "info")
    case .result(.fail): ("fail", "warning")
    case .result(.error): ("error", "error")
    case .result(.unknown): ("unknown", "warning")
    case .result(.notApplicable): ("notapplicable", "info")
    case .result(.notChecked): ("notchecked", "warning")
    case .result(.informational): ("informational", "info")
    }
  }

  private static func closing(isSound: Bool) -> Markup {
    """
    <score system="urn:tenken:scoring:sound" maximum="1">\(isSound ? 1 : 0)</score>
    </TestResult>

    """
  }
}
