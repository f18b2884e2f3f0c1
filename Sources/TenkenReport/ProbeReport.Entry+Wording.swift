internal import TenkenAnalysis
internal import TenkenModel

extension ProbeReport.Entry {
  /// Why it is not ready, as it came or, of its clock, as it was measured.
  var reason: String {
    guard let probed else { return hold?.cause ?? "" }
    guard probed.readiness == .clock, let clock = probed.answers?.clock else { return probed.reason }
    return clock.wording
  }
}

extension RootAccess {
  /// `granted`, or `denied: ` and why.
  var word: String {
    switch self {
    case .granted: "granted"
    case .denied(let why): "denied: \(why)"
    }
  }
}
