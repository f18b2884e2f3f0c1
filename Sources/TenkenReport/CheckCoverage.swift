internal import TenkenModel

/// Which of the checks that were due were run: a sweep may be asked to run fewer than the catalogue has, and then
/// whatever it finds sound is so as far as those can tell.
struct CheckCoverage: Sendable {
  private static let mostNames = 6

  /// In the order of the catalogue. A script that was given for this sweep only is not among them: it judges nothing.
  let run: [ID<Check>]
  let leftOut: [ID<Check>]

  /// - Parameters:
  ///   - run: the checks that the sweep runs.
  ///   - platforms: those of the inventory; a light check for none of them was not due.
  init(run: [ID<Check>], of catalogue: [Check], platforms: Set<String>) {
    let ran = Set(run)
    let checks = catalogue.filter { $0.resultProtocol != .script }
    self.run = checks.map(\.id).filter(ran.contains)
    leftOut = checks.filter { $0.cost == .light && !platforms.isDisjoint(with: $0.platforms) }
      .map(\.id).filter { !ran.contains($0) }
  }

  var isWhole: Bool { leftOut.isEmpty }

  /// `1 of 6 checks`
  var share: String { "\(run.count.grouped) of \((run.count + leftOut.count).of("check"))" }

  /// `CHECKS: 1 of 6 were run: acct.uid0`, or those that were not run where they are fewer; `nil` of all of them.
  var remark: String? {
    guard !isWhole else { return nil }
    let lead = "CHECKS: \(run.count.grouped) of \((run.count + leftOut.count).grouped) were run"
    if run.isEmpty { return lead }
    return run.count <= leftOut.count ? "\(lead): \(Self.names(run))" : "\(lead), not \(Self.names(leftOut))"
  }

  private static func names(_ checks: [ID<Check>]) -> String {
    let named = checks.prefix(mostNames).map(\.rawValue).joined(separator: ", ")
    return checks.count > mostNames ? "\(named) and \((checks.count - mostNames).grouped) more" : named
  }
}
