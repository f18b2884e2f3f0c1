import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenCommands

struct SweepMetricsTests {
  private static let now = Timestamp(milliseconds: 1_795_498_200_123)

  private func plan() -> Plan {
    let inventory = SampleFleet.inventory([(SampleFleet.site("tokyo"), 4), (SampleFleet.site("bangkok"), 2)])
    var dispositions = inventory.terminals.map { _ in Plan.Disposition.inspect(set: 0, attempts: 0) }
    dispositions[1] = .settled(.inspected)
    dispositions[2] = .excluded("not selected")
    return Plan(
      inventory: inventory, catalogue: SampleFleet.catalogue([]), limits: Limits(), checkSets: [[]],
      dispositions: dispositions)
  }

  private func attempt(_ number: Int, _ outcome: Outcome, isFinal: Bool, failing: Int = 0) -> Attempt {
    Attempt(
      terminal: "tokyo-1", number: number, started: Self.now, ended: Self.now, outcome: outcome,
      reason: "", isFinal: isFinal,
      observations: (0..<failing).map { _ in
        Observation(check: "log.wtmp", result: .fail, message: "", milliseconds: nil)
      })
  }

  private func value(_ metrics: SweepMetrics, _ name: String, _ labels: String) -> String? {
    let start = "tenken_\(name){sweep=\"s1\"\(labels)} "
    return metrics.text(at: Self.now).split(separator: "\n").first { $0.hasPrefix(start) }
      .map { String($0.dropFirst(start.count)) }
  }

  @Test func `outcomes of a site sum to what is listed there, at every moment`() {
    var metrics = SweepMetrics(plan(), sweep: "s1")
    let events: [SweepEvent] = [
      .contacting(terminal: 0, attempt: 1), .recorded(terminal: 0, attempt: attempt(1, .unreachable, isFinal: false)),
      .contacting(terminal: 0, attempt: 2), .recorded(terminal: 0, attempt: attempt(2, .inspected, isFinal: true)),
    ]
    for event in events {
      metrics.receive(event)
      for (site, count) in [("tokyo", 4), ("bangkok", 2)] {
        let sum = Outcome.allCases.map { value(metrics, "terminals", ",site=\"\(site)\",outcome=\"\($0.rawValue)\"") }
        #expect(sum.compactMap { $0 }.compactMap(Int.init).reduce(0, +) == count && !sum.contains(nil))
      }
    }
    #expect(value(metrics, "terminals", ",site=\"tokyo\",outcome=\"inspected\"") == "2")
    #expect(value(metrics, "attempts_total", ",site=\"tokyo\"") == "2")
    #expect(value(metrics, "retries_total", ",site=\"tokyo\"") == "1")
    #expect(value(metrics, "in_flight", ",site=\"tokyo\"") == "0")
  }

  @Test func `holds, hours, results and the end are told`() {
    var metrics = SweepMetrics(plan(), sweep: "s1")
    metrics.receive(.contacting(terminal: 0, attempt: 1))
    metrics.receive(.recorded(terminal: 0, attempt: attempt(1, .inspected, isFinal: true, failing: 3)))
    metrics.receive(.contacting(terminal: 4, attempt: 1))
    let held = SiteCondition(
      site: "bangkok", standing: .held, gateway: nil, outcome: .unreachable, reason: "x", at: Self.now)
    metrics.receive(.conditions([held], nextTry: nil))
    metrics.receive(.hours("bangkok", opensIn: .seconds(60)))
    #expect(value(metrics, "site_held", ",site=\"bangkok\"") == "1")
    #expect(value(metrics, "site_outside_hours", ",site=\"bangkok\"") == "1")
    #expect(value(metrics, "check_results_total", ",result=\"fail\"") == "3")
    #expect(value(metrics, "in_flight", ",site=\"bangkok\"") == "1" && value(metrics, "run_over", "") == "0")
    metrics.end()
    #expect(value(metrics, "in_flight", ",site=\"bangkok\"") == "0" && value(metrics, "run_over", "") == "1")
    #expect(value(metrics, "written_seconds", "") == "1795498200")
  }

  @Test func `it is the text format, and as long for a large fleet as for a small one`() {
    let text = SweepMetrics(plan(), sweep: "s1").text(at: Self.now)
    let sample = #/tenken_[a-z_]+\{[a-z]+="[A-Za-z0-9._-]+"(,[a-z]+="[A-Za-z0-9._-]+")*\} -?\d+/#
    for line in text.split(separator: "\n") {
      #expect(
        line.hasPrefix("# HELP tenken_") || line.hasPrefix("# TYPE tenken_") || line.wholeMatch(of: sample) != nil)
    }
    let large = SampleFleet.plan(
      SampleFleet.inventory([(SampleFleet.site("tokyo"), 3000), (SampleFleet.site("bangkok"), 1)]))
    let lines = SweepMetrics(large, sweep: "s1").text(at: Self.now).split(separator: "\n").count
    #expect(lines == text.split(separator: "\n").count)
  }
}
