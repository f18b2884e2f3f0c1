internal import TenkenAnalysis
internal import TenkenModel

extension ExceptedFinding {
  /// `until 2026-12-31, by A. Sato: the till listens on 8080`
  var terms: String { "until \(waiver.until.date), by \(waiver.who): \(waiver.why)" }
}
