internal import TenkenModel
internal import TenkenTransport

/// What a rehearsed terminal says to one check: an exit status, a line for people, and one row for each fact that the
/// check declares.
struct RehearsedAnswer: Sendable {
  let status: Int
  let stdout: [UInt8]
  let stderr: [UInt8]
  let milliseconds: Int

  init(to check: Check, factNonce: Nonce, faults: RehearsalFaults, using generator: inout SplitMix64) {
    let place = generator.unit()
    milliseconds = Int(generator.unit() * 40) + 2
    let result = Self.result(of: check, at: place, faults: faults)
    status = Self.status(result.status, by: check.resultProtocol)
    stderr = Array(result.complaint.utf8)
    var lines = result.message + "\n"
    for fact in check.facts {
      let values = fact.columns.map { "\($0)-\(Self.commonness(of: generator.unit()))" }
      lines += ([factNonce.hex, "fact", fact.name] + values).joined(separator: "\t") + "\n"
    }
    stdout = Array(lines.utf8)
  }

  private static func result(
    of check: Check, at place: Double, faults: RehearsalFaults
  ) -> (status: Int, message: String, complaint: String) {
    if check.resultProtocol == .script { return (0, "rehearsed output", "") }
    if place < faults.failing { return (102, "rehearsed: something was found", "") }
    if place < faults.failing + faults.erring { return (103, "rehearsed: the check broke", "rehearsed: error\n") }
    if place < faults.failing + faults.erring + faults.notChecked {
      return (106, "rehearsed: a tool was missing", "rehearsed: not found\n")
    }
    return (101, "rehearsed: nothing was found", "")
  }

  /// What a script of another protocol would say in place of a code of the Script Check Engine.
  private static func status(_ code: Int, by resultProtocol: Check.ResultProtocol) -> Int {
    switch resultProtocol {
    case .sce, .script: code
    case .nagios: [101: 0, 102: 2][code] ?? 3
    case .exit0: [101: 0, 102: 1][code] ?? 137
    }
  }

  /// 0 for nine of ten, then rarer and rarer: what a fleet's answers look like when they are stacked.
  private static func commonness(of place: Double) -> Int {
    place < 0.9 ? 0 : Int(1 / (1.0001 - place) / 10)
  }
}
