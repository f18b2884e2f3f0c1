internal import TenkenAnalysis
internal import TenkenModel

extension TerminalAssessment {
  /// `6 pass, 2 not-applicable`: how its checks answered, worst first, or nothing where none ran.
  var answerSummary: String {
    let order: [CheckResult] = [.fail, .error, .unknown, .notChecked, .pass, .notApplicable, .informational]
    return order.compactMap { result in
      let count = answers.count { $0.result == result }
      return count == 0 ? nil : "\(count) \(result.rawValue)"
    }.joined(separator: ", ")
  }
}
