/// What one check said on one terminal, in the vocabulary of XCCDF 1.2 (NISTIR 7275r4, table 26) with hyphens.
package enum CheckResult: String, Sendable, Codable, CaseIterable {
  case pass
  case fail
  /// The check could not do its work: a crash, a syntax error, a deadline, an output over its cap.
  case error
  /// The check ran and could not tell.
  case unknown
  case notApplicable = "not-applicable"
  /// The check did not run: a right, a tool or an interpreter was missing. Never as good as `notApplicable`.
  case notChecked = "not-checked"
  case informational

  /// Whether the terminal answered the check's question. Only these keep a terminal from being undetermined.
  package var isDefinite: Bool {
    switch self {
    case .pass, .fail, .notApplicable, .informational: true
    case .error, .unknown, .notChecked: false
    }
  }
}
