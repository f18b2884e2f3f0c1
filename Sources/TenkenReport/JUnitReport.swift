internal import TenkenAnalysis
internal import TenkenModel

/// `junit-SITE.xml`: the test results that Jenkins, GitLab and others read. A suite a terminal, a test for the contact
/// and one a check. What was not seen is an error and never skipped, since readers count skipped tests as well.
struct JUnitReport {
  static func name(of site: ID<Site>) -> String { "junit-\(site).xml" }

  private let report: Report
  private let site: SiteAssessment
  private let checks: [ID<Check>]
  private let properties: Markup

  init(_ report: Report, _ site: SiteAssessment) {
    self.report = report
    self.site = site
    checks = report.testedChecks(at: site)
    properties = "\(Provenance(of: report).entries.map { Self.property($0.name, $0.value) })"
  }

  func render(to sink: inout some ReportSink) {
    var sum = Count()
    for index in site.terminals { for test in tests(of: index) { sum.add(test.answer) } }
    let alarms = site.findings.filter { $0.gateway != nil }
    for _ in alarms { sum.add(.result(.fail)) }
    let name = "tenken \(report.manifest.id) \(site.site.id)"
    sink.write(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="\(name)"\(sum.attributes)>

      """)
    if !alarms.isEmpty { sink.write(suite(of: alarms)) }
    for index in site.terminals { sink.write(suite(of: index)) }
    sink.write("</testsuites>\n")
  }

  private func suite(of index: Int) -> Markup {
    let terminal = report.inventory.terminals[index]
    let assessed = report.assessment.terminals[index]
    let tests = tests(of: index)
    var count = Count()
    for test in tests { count.add(test.answer) }
    let time: Markup =
      assessed.lastContact.map {
        " time=\"\(Self.seconds(from: $0.lowerBound, to: $0.upperBound))\""
      } ?? ""
    let stamp = assessed.lastContact?.upperBound ?? report.asOf ?? report.manifest.started
    var markup: Markup = """
      <testsuite name="\(terminal.id)" hostname="\(terminal.address)" timestamp="\(stamp.date)T\(stamp.time)"\
      \(count.attributes) skipped="\(count.skipped)"\(time)>
      <properties>
      \(Self.property("state", assessed.state.rawValue))\(Self.property("outcome", assessed.outcome.rawValue))\
      \(properties)</properties>

      """
    for test in tests { markup.append(self.test(test, in: terminal.id.rawValue)) }
    markup.append("</testsuite>\n")
    return markup
  }

  /// What gateways brought to light, which is on no terminal.
  private func suite(of alarms: [Finding]) -> Markup {
    var markup: Markup = """
      <testsuite name="gateways" tests="\(alarms.count)" failures="\(alarms.count)" errors="0">
      <properties>
      \(properties)</properties>

      """
    for alarm in alarms {
      let message = alarm.places.first { $0.site == site.site.id }?.message ?? ""
      markup.append(
        """
        <testcase classname="\(site.site.id).gateways" name="\(alarm.id)">
        <failure type="fail" message="\(report.title(of: alarm.subject))">\(message)</failure>
        </testcase>

        """)
    }
    markup.append("</testsuite>\n")
    return markup
  }

  /// A terminal that no check ran on has the contact's error, which says why, and not one more a check.
  private func tests(of index: Int) -> [TestedResult] {
    let hasRun = !report.assessment.terminals[index].answers.isEmpty
    return report.testedResults(of: index, checks: checks).filter { result in
      switch result.rule {
      case .contact: true
      case .contactFinding, .flowFinding: result.answer == .result(.fail)
      case .check: hasRun && result.answer != .notSelected
      }
    }
  }

  private func test(_ result: TestedResult, in terminal: String) -> Markup {
    """
    <testcase classname="\(site.site.id).\(terminal)" name="\(result.rule.name)">
    \(Self.body(of: result))</testcase>

    """
  }

  private static func body(of result: TestedResult) -> Markup {
    switch Count.kind(of: result.answer) {
    case .passed: result.message.isEmpty ? "" : "<system-out>\(result.message)</system-out>\n"
    case .skipped: "<skipped message=\"\(result.message)\"/>\n"
    case .failed: "<failure type=\"fail\" message=\"\(result.message)\"/>\n"
    case .erred(let word): "<error type=\"\(word)\" message=\"\(result.message)\"/>\n"
    }
  }

  private static func property(_ name: String, _ value: String) -> Markup {
    "<property name=\"\(name)\" value=\"\(value)\"/>\n"
  }

  /// `1.250`
  private static func seconds(from start: Timestamp, to end: Timestamp) -> String {
    let milliseconds = max(0, end.milliseconds - start.milliseconds)
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.utf8.count))\(rest)"
  }
}

extension JUnitReport {
  /// How many tests there are of each kind that JUnit knows.
  private struct Count {
    enum Kind {
      case passed, skipped, failed
      case erred(String)
    }

    private var tests = 0
    private var failures = 0
    private var errors = 0
    private(set) var skipped = 0

    mutating func add(_ answer: TestedResult.Answer) {
      tests += 1
      switch Self.kind(of: answer) {
      case .passed: break
      case .skipped: skipped += 1
      case .failed: failures += 1
      case .erred: errors += 1
      }
    }

    static func kind(of answer: TestedResult.Answer) -> Kind {
      switch answer {
      case .result(.pass), .result(.informational): .passed
      case .result(.notApplicable), .notSelected: .skipped
      case .result(.fail): .failed
      case .missing: .erred("missing")
      case .result(let result): .erred(result.rawValue)
      }
    }

    var attributes: Markup { " tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\"" }
  }
}
