/// The keys that a check's header may have; `checks/README.md` says what each means.
enum HeaderKey: String, CaseIterable {
  case id, version, title, severity
  case checkClass = "class"
  case rationale
  case resultProtocol = "protocol"
  case interpreter, platform, requires, privilege, timeout
  case outputLimit = "output-limit"
  case cost
  case sideEffects = "side-effects"
  case parameter = "param"
  case fact, attack, nist, iso27001
  case falsePositives = "false-positives"
  case remediation, references, licence, source

  /// What several lines of one key come to.
  enum Repetition {
    /// A second line is a mistake.
    case never
    /// The lines of one paragraph, joined by spaces.
    case paragraph
    /// A line is one of several things.
    case list
  }

  var repetition: Repetition {
    switch self {
    case .rationale, .falsePositives, .remediation: .paragraph
    case .parameter, .fact: .list
    default: .never
    }
  }

  /// Kept as they stand, for people, in the order in which a page shows them.
  static let notes: [HeaderKey] = [
    .rationale, .falsePositives, .remediation, .sideEffects, .nist, .iso27001, .references, .licence, .source,
  ]
}
