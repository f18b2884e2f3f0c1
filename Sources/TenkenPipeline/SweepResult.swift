internal import TenkenAnalysis
package import TenkenModel
internal import TenkenReport

/// How one run of a sweep ended, and what the sweep comes to by then.
package struct SweepResult {
  package let ending: SweepEnding
  private let report: Report

  init(ending: SweepEnding, report: Report) {
    self.ending = ending
    self.report = report
  }

  /// What `sweep` and `resume` end with.
  package var exitStatus: Int32 {
    switch ending {
    case .finished: report.assessment.exitStatus
    case .drained, .waiting: Failure.Code.tryLater.rawValue
    case .stopped: 130
    }
  }

  /// What keeps sites from being contacted, a line a cause; as it came, to be escaped.
  package var holds: [String] { HoldRemark.remarks(of: report.sites) }

  /// What a resume is to go beyond for sites that a limit paused to go on, sorted as it is written.
  package var remedies: [LimitOverride] {
    Set(report.assessment.sites.flatMap(\.holds).compactMap(\.condition.remedy)).sorted { $0.text < $1.text }
  }

  /// The summary for a screen.
  package func text(colour: Bool) -> String { TextReport.screen(report, colour: colour) }

  /// The last line of `--json`.
  package var jsonLine: String {
    SweepEventLine.end(
      ending, sweep: report.manifest.id, account: report.assessment.group, over: report.manifest.scope.transport)
  }
}
