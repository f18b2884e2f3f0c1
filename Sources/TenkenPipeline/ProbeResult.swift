package import TenkenModel
internal import TenkenReport

/// What a probe came to.
package struct ProbeResult: Sendable {
  package let ending: SweepEnding
  private let report: ProbeReport

  init(ending: SweepEnding, report: ProbeReport) {
    self.ending = ending
    self.report = report
  }

  package func text(as format: ProbeFormat, colour: Bool) -> String { report.text(as: format, colour: colour) }
}
