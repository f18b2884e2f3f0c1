internal import TenkenAnalysis
internal import TenkenModel

/// What formats made for test results know: a rule, which is a check, or something that the contact itself shows, or what
/// the terminal's connections show.
enum TestedRule: Hashable {
  /// Whether the terminal was inspected at all.
  case contact
  case contactFinding(ContactFinding)
  case flowFinding(FlowFinding)
  case check(ID<Check>)

  /// No two rules share one: no check is called `contact` or begins so here, or with `flow`.
  var name: String {
    switch self {
    case .contact: "contact"
    case .contactFinding(let finding): "contact.\(finding.rawValue)"
    case .flowFinding(let finding): "flow.\(finding.rawValue)"
    case .check(let id): "check.\(id)"
    }
  }

  /// Those of every terminal, and of every gateway as far as it has any.
  static let ofContact: [TestedRule] = [.contact] + ContactFinding.allCases.map { .contactFinding($0) }

  /// Those of a sweep that asked for connections.
  static func ofFlows(in report: Report) -> [TestedRule] {
    report.assessment.flows.isAsked ? FlowFinding.allCases.map { .flowFinding($0) } : []
  }
}
