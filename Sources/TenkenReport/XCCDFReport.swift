internal import TenkenAnalysis
internal import TenkenModel

/// `xccdf-SITE.xml`: a benchmark of XCCDF 1.2 (NISTIR 7275 revision 4) with a result a terminal of the site, and one a
/// gateway that has a finding. An element a line: OpenSCAP's reader skips elements where no space stands between tags.
struct XCCDFReport {
  static func name(of site: ID<Site>) -> String { "xccdf-\(site).xml" }

  let report: Report
  let site: SiteAssessment
  let checks: [ID<Check>]
  private let provenance: Provenance

  init(_ report: Report, _ site: SiteAssessment) {
    self.report = report
    self.site = site
    checks = report.testedChecks(at: site)
    provenance = Provenance(of: report)
  }

  func render(to sink: inout some ReportSink) {
    sink.write(opening)
    for rule in TestedRule.ofContact + TestedRule.ofFlows(in: report) + checks.map({ .check($0) }) {
      sink.write(markup(of: rule))
    }
    for index in site.terminals { sink.write(result(of: index, facts: facts)) }
    for gateway in Set(site.findings.compactMap(\.gateway)).sorted() { sink.write(result(of: gateway)) }
    sink.write("</Benchmark>\n")
  }

  private var opening: Markup {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="xccdf_tenken_benchmark_\(site.site.id)" resolved="1" xml:lang="en">
    <status date="\(report.manifest.started.date)">interim</status>
    <title>Security soundness of \(site.site.name.isEmpty ? site.site.id.rawValue : site.site.name)</title>
    <description>Tenken's inspection of the site \(site.site.id): \(site.soundness.rawValue), \(siteAccount). A terminal's \
    score is 1 where it is sound and 0 otherwise, also where it was not wholly seen: a check that was not made counts \
    for nothing, and is never left out of a score.</description>
    \(provenance.entries.map(Self.notice))<version>\(report.manifest.catalogueDigest.hex)</version>

    """
  }

  private var siteAccount: String { Provenance.account(site.account) }

  private static func notice(_ entry: Label) -> Markup {
    "<notice id=\"\(entry.name)\">\(entry.name): \(entry.value)</notice>\n"
  }

  /// What every result says of the whole that it is a part of.
  private var facts: Markup {
    "\(provenance.entries.map { Self.fact($0.name, $0.value) })"
  }

  static func fact(_ name: String, _ value: String) -> Markup {
    "<fact name=\"urn:tenken:fact:\(name)\" type=\"string\">\(value)</fact>\n"
  }

  func severity(of rule: TestedRule) -> String {
    switch rule {
    case .contact: "unknown"
    case .contactFinding(let finding): Self.severity(finding.severity)
    case .flowFinding(let finding): Self.severity(finding.severity(by: report.assessment.flows.policy))
    case .check(let id): report.check(id).map { Self.severity($0.severity) } ?? "unknown"
    }
  }

  private func markup(of rule: TestedRule) -> Markup {
    switch rule {
    case .contact:
      """
      <Rule id="\(Self.id(of: rule))" selected="true" severity="unknown">
      <title>The terminal was inspected to the end</title>
      <description>It was reached and logged in to, every check ran, and the end mark came.</description>
      </Rule>

      """
    case .contactFinding(let finding):
      """
      <Rule id="\(Self.id(of: rule))" selected="true" severity="\(severity(of: rule))">
      <title>It is not so: \(finding.title)</title>
      <rationale>\(finding.rationale)</rationale>
      <fixtext>\(finding.remediation)</fixtext>
      </Rule>

      """
    case .flowFinding(let finding):
      """
      <Rule id="\(Self.id(of: rule))" selected="true" severity="\(severity(of: rule))">
      <title>There is none: \(finding.title)</title>
      <rationale>\(finding.rationale)</rationale>
      <fixtext>\(finding.remediation)</fixtext>
      </Rule>

      """
    case .check(let id): markup(of: id)
    }
  }

  private func markup(of id: ID<Check>) -> Markup {
    let subject = Finding.Subject.check(id)
    let check = report.check(id)
    return """
      <Rule id="\(Self.id(of: .check(id)))" selected="true" severity="\(severity(of: .check(id)))">
      <version>\(check?.version ?? 0)</version>
      <title>\(report.title(of: subject))</title>
      <description>Class \(report.className(of: subject)); SHA-256 of the script \(check?.digest.hex ?? "unknown").\
      </description>
      <rationale>\(report.rationale(of: subject))</rationale>
      \((check?.attack ?? []).map(Self.ident))<fixtext>\(report.remediation(of: subject))</fixtext>
      <check system="http://open-scap.org/page/SCE">
      <check-content-ref href="\((check?.file ?? id.rawValue).percentEncodedPath)"/>
      </check>
      </Rule>

      """
  }

  private static func ident(_ technique: String) -> Markup {
    "<ident system=\"https://attack.mitre.org/techniques\">\(technique)</ident>\n"
  }

  static func id(of rule: TestedRule) -> String { "xccdf_tenken_rule_\(rule.name)" }

  /// XCCDF has no `critical`.
  private static func severity(_ severity: Severity) -> String { severity == .critical ? "high" : severity.rawValue }
}

extension Finding {
  var gateway: ID<Gateway>? { if case .gateway(let gateway, _) = subject { gateway } else { nil } }
}

extension String {
  /// A path for a URI (RFC 3986, section 2.1): every byte but the unreserved ones and `/` as `%XX`.
  var percentEncodedPath: String {
    utf8.map { byte in
      switch UInt8(byte) {
      case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F: String(Unicode.Scalar(byte))
      default: (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
