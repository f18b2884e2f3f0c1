package import TenkenModel
internal import TenkenReport

/// What a scan for host keys came to.
package struct KeyScanResult: Sendable {
  package let ending: SweepEnding
  private let report: KeyScanReport

  init(ending: SweepEnding, report: KeyScanReport) {
    self.ending = ending
    self.report = report
  }

  /// For standard output.
  package var knownHosts: String { report.knownHosts }

  /// For whoever watches.
  package func summary(colour: Bool) -> String { report.summary(colour: colour) }
}
